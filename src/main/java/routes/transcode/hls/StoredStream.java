package routes.transcode.hls;

import java.util.List;

/**
 * A stream whose segments and playlists are stored.
 *
 * @param widthPx of the largest rendition; 0 if there is only sound
 * @param heightPx likewise
 * @param renditions in the order of the master playlist
 */
public record StoredStream(long durationMs, int widthPx, int heightPx, List<String> renditions) {
    public StoredStream {
        renditions = List.copyOf(renditions);
    }
}

package routes.snapshot;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * The frame of a snapshot.
 *
 * @param frameAt its instant, UTC, in milliseconds; of a live stream, null until its fragment was read
 * @param stream of the frame; null if it is of a recording
 * @param fragment number of the fragment; null like {@code stream}
 * @param recording name of the recording; null if it is of a stream
 * @param tick presentation time in the recording, in ticks of {@code timescale}
 * @param timescale ticks per second; 0 if it is of a stream
 * @param etag of its picture, with quotes
 * @param isFinal whether no later recording can change which frame is shown at that instant
 */
public record FrameSource(
        Instant frameAt,
        String stream,
        String fragment,
        String recording,
        long tick,
        long timescale,
        String etag,
        boolean isFinal) {
    /** @return the source of a frame whose instant is not known yet */
    static FrameSource of(LiveFragment fragment, SnapshotRequest request) {
        String etag = etag(fragment.stream() + "/" + fragment.number(), request);
        return new FrameSource(null, fragment.stream(), fragment.number(), null, 0, 0, etag, false);
    }

    /** @param isShown whether it is shown at the requested instant, and no gap is there */
    static FrameSource of(RecordedFrame frame, boolean isShown, SnapshotRequest request) {
        String etag =
                etag(frame.key() + "/" + frame.version() + "/" + frame.still().time(), request);
        return new FrameSource(
                frame.instant(),
                null,
                null,
                frame.key().substring(frame.key().lastIndexOf('/') + 1),
                frame.still().time(),
                frame.still().video().timescale(),
                etag,
                isShown);
    }

    private static String etag(String frame, SnapshotRequest request) {
        String version = frame + "/" + request.width() + "/" + request.quality();
        return "\"" + UUID.nameUUIDFromBytes(version.getBytes(StandardCharsets.UTF_8)) + "\"";
    }

    FrameSource at(Instant instant) {
        return new FrameSource(instant, stream, fragment, recording, tick, timescale, etag, isFinal);
    }

    /** @param etags of the header {@code If-None-Match}, or null */
    boolean isKnown(String etags) {
        return etags != null && (etags.contains(etag) || etags.strip().equals("*"));
    }
}

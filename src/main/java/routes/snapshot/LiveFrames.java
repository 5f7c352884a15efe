package routes.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.cut.StillFrame;
import routes.cut.Timeline;
import routes.failure.FootageUnusableException;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.Movie;

/** Chooses the last frame of a fetched fragment, by its sample tables; each method is one step of a route. */
@Component("liveFrames")
public class LiveFrames {
    /** @return the fragment as the source of a picture; its frame is not known yet */
    public FrameSource source(
            @Variable("fragment") LiveFragment fragment, @Variable("request") SnapshotRequest request) {
        return FrameSource.of(fragment, request);
    }

    /**
     * @param file of the fragment
     * @return the frame that is presented last
     * @throws FootageUnusableException if there is none, or the file cannot be read
     */
    public StillFrame last(@Variable("file") Path file) throws IOException {
        return StillFrame.last(file, read(file))
                .orElseThrow(() -> new FootageUnusableException("the newest fragment of the stream has no frame"))
                .ofPictures();
    }

    /** @return the source with the instant of its frame: the fragment's clock, and the frame's time in it */
    public FrameSource timed(
            @Variable("source") FrameSource source,
            @Variable("fragment") LiveFragment fragment,
            @Variable("still") StillFrame still)
            throws IOException {
        Duration sinceFirst = still.sinceStart().minus(StillFrame.firstOf(read(still.recording())));
        return source.at(Millis.after(fragment.producedAt().plus(sinceFirst)));
    }

    private static Movie read(Path file) throws IOException {
        try {
            Movie movie = Movie.read(file);
            Timeline.ensureShowable(movie);
            return movie;
        } catch (MalformedMp4Exception e) {
            throw new FootageUnusableException("the newest fragment of the stream cannot be read: " + e.getMessage());
        }
    }
}

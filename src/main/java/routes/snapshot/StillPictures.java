package routes.snapshot;

import java.io.IOException;
import java.util.List;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.cut.DecoderErrors;
import routes.cut.StillCommand;
import routes.cut.StillFrame;
import routes.failure.FootageUnusableException;
import routes.failure.OneLine;
import routes.scratch.Workspace;

/** Makes the JPEG of a snapshot from a frame or an image; each method is one step of a route. */
@Component("stillPictures")
public class StillPictures {
    /** Name of the finished picture in the workspace. */
    static final String PICTURE = "picture.jpg";
    /** Name of an image that is still to be resized. */
    static final String IMAGE = "image.jpg";

    private static final String EXCERPT = "excerpt.mp4";
    /** Maximum logged characters of an error. */
    private static final int LONGEST_ERROR = 200;

    private static final Logger LOG = LoggerFactory.getLogger(StillPictures.class);

    /**
     * @param still null for an image
     * @return ffmpeg arguments; null if the picture is finished
     */
    public List<String> command(
            @Variable("still") StillFrame still,
            @Variable("request") SnapshotRequest request,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        workspace.ensureHeld();
        if (still == null) {
            return LiveImages.isResized(request)
                    ? StillCommand.ofImage(IMAGE, request.width(), request.quality(), PICTURE)
                    : null;
        }
        still.writeExcerpt(workspace.file(EXCERPT));
        return StillCommand.of(still, EXCERPT, request.width(), request.quality(), PICTURE);
    }

    /**
     * A decoder conceals damage: a grey picture is none.
     *
     * @param errors that ffmpeg printed; null if it was not run
     * @throws FootageUnusableException if the frame, or one that it refers to, could not be decoded
     */
    public JpegPicture read(
            @Header("CamelExecStderr") String errors,
            @Variable("request") SnapshotRequest request,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        workspace.ensureHeld();
        List<String> damage = DecoderErrors.in(errors);
        if (!damage.isEmpty()) {
            LOG.warn("a frame is damaged: {}", OneLine.of(damage.get(0), LONGEST_ERROR));
            throw new FootageUnusableException("the frame cannot be decoded");
        }
        return JpegPicture.read(workspace.file(PICTURE), !request.isStored());
    }
}

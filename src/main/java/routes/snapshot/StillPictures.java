package routes.snapshot;

import java.io.IOException;
import java.util.List;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.cut.StillCommand;
import routes.cut.StillFrame;
import routes.scratch.Workspace;

/** Makes the JPEG of a snapshot from a frame or an image; each method is one step of a route. */
@Component("stillPictures")
public class StillPictures {
    /** Name of the finished picture in the workspace. */
    static final String PICTURE = "picture.jpg";
    /** Name of an image that is still to be resized. */
    static final String IMAGE = "image.jpg";

    private static final String EXCERPT = "excerpt.mp4";

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

    /** @throws routes.failure.FootageUnusableException if the frame could not be decoded */
    public JpegPicture read(@Variable("request") SnapshotRequest request, @Variable("workspace") Workspace workspace)
            throws IOException {
        workspace.ensureHeld();
        return JpegPicture.read(workspace.file(PICTURE), !request.isStored());
    }
}

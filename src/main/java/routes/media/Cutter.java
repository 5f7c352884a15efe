package routes.media;

import java.io.IOException;
import java.util.List;

/** A way to make one MP4 of pieces of recordings, exact to the frame. */
public interface Cutter {
    /** The finished clip's name in its workspace. */
    String CLIP = "clip.mp4";

    /**
     * @param sources fetched, in the order of time
     * @return arguments with which ffmpeg, run in the workspace, does its part
     * @throws routes.failure.FootageUnusable when the sources show nothing within their pieces
     * @throws routes.failure.FootageMissing when a recording is not whole yet
     */
    List<String> command(List<Source> sources, Workspace workspace) throws IOException;

    /**
     * Completes the clip after ffmpeg, and checks it.
     *
     * @throws routes.failure.FootageUnusable when the clip does not hold the wanted frames
     */
    void finish(List<Source> sources, Workspace workspace) throws IOException;
}

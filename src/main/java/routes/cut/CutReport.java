package routes.cut;

import java.util.List;

/**
 * What was done to make a clip.
 *
 * @param copied frames
 * @param reencoded frames
 * @param reason null where there was none to encode more than edges
 * @param lost frames of the recordings that could not be decoded, and are not in the clip
 * @param decodeErrors lines of errors that ffmpeg printed of frames that were encoded
 */
public record CutReport(
        int copied, int reencoded, CutMode mode, FallbackReason reason, List<LostFrames> lost, int decodeErrors) {
    /** For the log. */
    @Override
    public String toString() {
        int missing = lost.stream().mapToInt(LostFrames::frames).sum();
        return copied + " frames copied, " + reencoded + " encoded" + (reason == null ? "" : " for " + reason)
                + (missing == 0 ? "" : ", " + missing + " lost")
                + (decodeErrors == 0 ? "" : ", decode errors: " + decodeErrors);
    }
}

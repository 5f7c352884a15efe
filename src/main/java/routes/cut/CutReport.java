package routes.cut;

import java.util.List;

/**
 * Result of a cut.
 *
 * @param copied number of copied frames
 * @param reencoded number of encoded frames
 * @param reason why more than the boundaries was encoded; null if it was not
 * @param lost frames that could not be decoded and are missing from the clip
 * @param decodeErrors number of error lines that ffmpeg printed while it encoded frames
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

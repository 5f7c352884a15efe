package routes.cut;

/**
 * What was done to make a clip.
 *
 * @param copied frames
 * @param reencoded frames
 * @param reason null where there was none to encode more than edges
 */
public record CutReport(int copied, int reencoded, CutMode way, FallbackReason reason) {
    /** For the log. */
    @Override
    public String toString() {
        return copied + " frames copied, " + reencoded + " encoded" + (reason == null ? "" : " for " + reason);
    }
}

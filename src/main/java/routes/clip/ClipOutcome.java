package routes.clip;

/** Outcome of a clip job, or CLIP_PENDING. The names are part of the published event. See docs/decisions/0016. */
public enum ClipOutcome {
    CLIP_AVAILABLE(null),
    CLIP_PENDING(null),
    CLIP_NOT_AVAILABLE("there is no footage of the interval"),
    CLIP_OUT_OF_RANGE("the interval is older than footage is kept"),
    CLIP_TOO_LONG("the interval is longer than a clip may be"),
    CLIP_RETRY_TIMEOUT("the footage did not arrive in time"),
    FATAL_ERROR("there is no clip");

    private final String reason;

    ClipOutcome(String reason) {
        this.reason = reason;
    }

    /** @return why there is no clip, for clients; null if there is a clip or may be one */
    String reason() {
        return reason;
    }
}

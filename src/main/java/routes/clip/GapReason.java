package routes.clip;

/** Why a part of an interval has no frames. */
enum GapReason {
    /** No recording covers it. */
    NOT_RECORDED,
    /** A recording covers it by its listing, but holds no frames there. */
    MISSING_FRAMES,
    /** It is in the future, or a recording of it may still be listed. */
    NOT_YET_RECORDED,
    /** It is older than footage is kept. */
    EXPIRED
}

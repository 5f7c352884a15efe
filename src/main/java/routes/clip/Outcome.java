package routes.clip;

/** Why a clip job ended, or that it waits. The names are part of the announced document. */
public enum Outcome {
    CLIP_AVAILABLE,
    CLIP_PENDING,
    CLIP_NOT_AVAILABLE,
    CLIP_OUT_OF_RANGE,
    CLIP_TOO_LONG,
    CLIP_RETRY_TIMEOUT,
    FATAL_ERROR
}

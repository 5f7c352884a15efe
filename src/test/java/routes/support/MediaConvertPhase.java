package routes.support;

/** The phases of a job of MediaConvert, in order. */
enum MediaConvertPhase {
    PROBING,
    TRANSCODING,
    UPLOADING
}

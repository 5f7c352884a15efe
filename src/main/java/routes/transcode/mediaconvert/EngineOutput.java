package routes.transcode.mediaconvert;

/**
 * One output of a job of MediaConvert.
 *
 * @param widthPx 0 if there is only sound
 * @param heightPx likewise
 */
record EngineOutput(long durationMs, int widthPx, int heightPx) {}

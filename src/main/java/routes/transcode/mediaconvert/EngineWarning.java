package routes.transcode.mediaconvert;

/**
 * A warning of MediaConvert, which does not stop its job.
 *
 * @param message without names of accounts, buckets, roles and hosts; null if there is none
 */
public record EngineWarning(String code, String message) {}

package routes.transcode;

/**
 * A transcode requested over REST.
 *
 * @param inputFile key of the film
 * @param engine that converts it; null for the default
 * @param request null until the object was found
 * @param caller identity of the client
 * @param key the {@code Idempotency-Key}; null if none
 * @param isNewKey whether this submission claimed the key first
 */
public record TranscodeSubmission(
        String inputFile, String engine, TranscodeRequest request, String caller, String key, boolean isNewKey) {
    TranscodeSubmission with(TranscodeRequest found) {
        return new TranscodeSubmission(inputFile, engine, found, caller, key, isNewKey);
    }

    TranscodeSubmission claimed(boolean isNew) {
        return new TranscodeSubmission(inputFile, engine, request, caller, key, isNew);
    }

    /** @return equal for equal requests of the client */
    String canonical() {
        return engine + "\n" + inputFile;
    }
}

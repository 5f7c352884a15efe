package routes.clip;

/**
 * A clip request submitted over REST.
 *
 * @param request its {@code clipId} is generated if the client sent none
 * @param caller identity of the client
 * @param key the {@code Idempotency-Key}; null if none
 * @param isNewKey whether this submission claimed the key first
 * @param canonical text of the client's request, equal for equal requests
 */
public record ClipSubmission(ClipRequest request, String caller, String key, boolean isNewKey, String canonical) {
    ClipSubmission claimed(String jobId, boolean isNew) {
        return new ClipSubmission(request.withClipId(jobId), caller, key, isNew, canonical);
    }
}

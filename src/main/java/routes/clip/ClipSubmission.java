package routes.clip;

/**
 * A clip request that came over REST.
 *
 * @param request its {@code clipId} made here where the client gave none
 * @param caller who asks
 * @param key the {@code Idempotency-Key}, or null
 * @param isNewKey whether the key stood for nothing before
 * @param createdAt the request as the client gave it, the same text for the same request
 */
public record ClipSubmission(ClipRequest request, String caller, String key, boolean isNewKey, String createdAt) {
    ClipSubmission claimed(String jobId, boolean isNew) {
        return new ClipSubmission(request.withClipId(jobId), caller, key, isNew, createdAt);
    }
}

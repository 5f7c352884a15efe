package routes.transcode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * An object in the bucket of uploads, as one upload stored it.
 *
 * @param versionId null if the bucket keeps no versions
 * @param eTag without quotes; null if not known
 * @param sequencer orders the events of one key; null if there was no event
 * @param storedAt time of the event, or null
 */
record UploadedObject(String bucket, String key, String versionId, String eTag, String sequencer, Instant storedAt) {
    private static final int ID_LENGTH = 32;
    /** A part of the hashed text that no key contains. */
    private static final String SEPARATOR = "\n";
    /** Version of objects that were stored while versions are suspended. */
    private static final String NO_VERSION = "null";

    UploadedObject {
        versionId = versionId == null || versionId.isEmpty() || versionId.equals(NO_VERSION) ? null : versionId;
        eTag = eTag == null || eTag.isEmpty() ? null : eTag.replace("\"", "");
        sequencer = sequencer == null || sequencer.isEmpty() ? null : sequencer;
    }

    /** @return equal for repetitions of the same event; that of the same object without an event differs */
    String jobId() {
        return sequencer == null ? contentId() : id(contentId() + SEPARATOR + sequencer);
    }

    /** @return equal for uploads of the same content to the same key; with versions, for the same upload only */
    String contentId() {
        String content = versionId == null ? "eTag " + eTag : "version " + versionId;
        return id(String.join(SEPARATOR, bucket, key, content));
    }

    /** @return that of the same content converted by this engine too */
    String contentId(String engine) {
        return id(contentId() + SEPARATOR + engine);
    }

    private static String id(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

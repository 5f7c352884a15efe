package routes.transcode.hls;

import java.io.File;

/**
 * An encrypted file to store.
 *
 * @param bytes its length
 */
public record EncryptedFile(ClearFile clear, File file, String key, String contentType, long bytes) {}

package routes.clip;

import java.io.File;

/** A workspace file and the key and content type of its object. */
public record StoredFile(File file, String key, String contentType) {}

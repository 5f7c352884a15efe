package routes.clip;

import java.io.File;

/** A file of a workspace and the object that it becomes. */
public record StoredFile(File file, String key, String contentType) {}

package routes.transcode.hls;

/** A playlist to store. */
public record StoredText(String key, String text) {}

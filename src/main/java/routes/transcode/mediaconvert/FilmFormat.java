package routes.transcode.mediaconvert;

/**
 * A film as MediaConvert read it.
 *
 * @param widthPx 0 if there is only sound
 * @param heightPx likewise
 * @param codec of the picture, or else of the sound, in MediaConvert's words; null if not known
 */
public record FilmFormat(int widthPx, int heightPx, String codec) {}

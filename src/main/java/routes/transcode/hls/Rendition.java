package routes.transcode.hls;

/**
 * One version of a film.
 *
 * @param name of its folder
 * @param width in pixels; 0 if there is only sound
 * @param height in pixels; 0 if there is only sound
 * @param cap maximum video bits per second; 0 if the picture is copied or there is none
 */
public record Rendition(String name, int width, int height, long cap) {
    static final String COPY = "copy";
    static final String AUDIO = "audio";

    boolean isEncoded() {
        return cap > 0;
    }
}

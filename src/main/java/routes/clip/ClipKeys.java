package routes.clip;

import org.springframework.stereotype.Component;
import routes.Settings;

/** Where the parts of a clip lie in the destination bucket. */
@Component
class ClipKeys {
    private final String format;

    ClipKeys(Settings settings) {
        this.format = settings.thumbnails().format();
    }

    String clip(ClipRequest request) {
        return request.cameraId() + "/" + request.clipId() + ".mp4";
    }

    /** @param size width in pixels, or the placeholder of a link template */
    String thumbnail(ClipRequest request, String size) {
        return request.cameraId() + "/" + request.clipId() + "_" + size + "." + format;
    }
}

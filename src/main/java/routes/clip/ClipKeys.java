package routes.clip;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.settings.Settings;

/** Keys of a clip's objects in the destination bucket. */
@Component("clipKeys")
public class ClipKeys {
    private final String format;
    private final List<Integer> widths;

    ClipKeys(Settings settings) {
        this.format = settings.thumbnails().format();
        this.widths = settings.thumbnails().widths();
    }

    /** @return keys of all objects that may be stored for a request; empty if its camera is not known */
    public List<String> all(@Variable("request") ClipRequest request) {
        if (request.cameraId() == null) {
            return List.of();
        }
        List<String> keys = new ArrayList<>(List.of(clip(request)));
        widths.forEach(width -> keys.add(thumbnail(request, Integer.toString(width))));
        return keys;
    }

    String clip(ClipRequest request) {
        return request.cameraId() + "/" + request.clipId() + ".mp4";
    }

    /** @param size width in pixels, or the placeholder of a URL template */
    String thumbnail(ClipRequest request, String size) {
        return request.cameraId() + "/" + request.clipId() + "_" + size + "." + format;
    }
}

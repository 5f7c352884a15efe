package routes.camera;

import org.springframework.stereotype.Component;
import routes.settings.Settings;

/** The path at which the camera API takes the documents of a clip. */
@Component("clipStatusPath")
public class ClipStatusPath {
    private final String pattern;

    ClipStatusPath(Settings settings) {
        this.pattern = settings.camera().clipStatusPath();
    }

    /** @return without a leading slash */
    public String of(String clipId) {
        return pattern.replace("{id}", clipId);
    }
}

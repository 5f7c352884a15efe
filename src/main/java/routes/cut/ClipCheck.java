package routes.cut;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import routes.settings.Settings.Media.Check;

/**
 * Decodes a finished clip to count errors in its copied frames, which a recording may contain damaged.
 * See docs/decisions/0033.
 */
@Component("clipCheck")
public class ClipCheck {
    private final Check check;

    ClipCheck(Settings settings) {
        this.check = settings.media().check();
    }

    public boolean isEnabled() {
        return check != Check.OFF;
    }

    /** @return ffmpeg arguments; the working directory is the workspace */
    public List<String> command() {
        List<String> args = new ArrayList<>();
        if (check == Check.KEYFRAMES) {
            args.addAll(List.of("-skip_frame", "nokey"));
        }
        // do not fail on decode errors: they are counted
        args.addAll(List.of("-max_error_rate", "1", "-i", SmartCutter.CLIP, "-map", "0:v:0", "-f", "null", "-"));
        return args;
    }
}

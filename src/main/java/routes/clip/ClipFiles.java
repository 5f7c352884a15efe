package routes.clip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.cut.SmartCutter;
import routes.cut.Thumbnails;
import routes.scratch.Workspace;
import routes.settings.Settings;

/** The files of a finished clip. */
@Component("clipFiles")
public class ClipFiles {
    private static final Map<String, String> IMAGES =
            Map.of("png", "image/png", "jpg", "image/jpeg", "webp", "image/webp");

    private final ClipKeys keys;
    private final Thumbnails thumbnails;
    private final Settings.Thumbnails settings;

    ClipFiles(ClipKeys keys, Thumbnails thumbnails, Settings settings) {
        this.keys = keys;
        this.thumbnails = thumbnails;
        this.settings = settings.thumbnails();
    }

    /** @return thumbnails first and the clip last, so that a stored clip implies stored thumbnails */
    public List<StoredFile> list(@Variable("request") ClipRequest request, @Variable("workspace") Workspace workspace) {
        List<StoredFile> files = new ArrayList<>();
        for (int width : settings.widths()) {
            files.add(new StoredFile(
                    workspace.file(thumbnails.name(width)).toFile(),
                    keys.thumbnail(request, Integer.toString(width)),
                    IMAGES.get(settings.format())));
        }
        files.add(new StoredFile(workspace.file(SmartCutter.CLIP).toFile(), keys.clip(request), "video/mp4"));
        return files;
    }
}

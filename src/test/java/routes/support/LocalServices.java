package routes.support;

import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Points a test's application at the shared LocalCloud, at the test's camera API and at an ffmpeg. */
public final class LocalServices implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final CameraApi CAMERAS = new CameraApi();

    /** The camera API that every flow test's application asks. */
    public static CameraApi cameras() {
        return CAMERAS;
    }

    /** @return what a client of that application sees */
    public static ClipClient client() {
        return new ClipClient(LocalCloud.shared(), LocalCloud.shared().resources());
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        LocalCloud.shared().exportToSystemProperties();
        Map<String, Object> settings = new HashMap<>(LocalCloud.shared().environment());
        settings.put("CAM_SERVICES_URL", CAMERAS.baseUrl().toString());
        settings.put("CLIP_URL", "https://camclips.sandbox.test.com");
        settings.put("CLIP_DOWNLOAD_DEST", "target/scratch");
        settings.put("FFMPEG", LocalFfmpeg.path().toString());
        settings.put("SQS_TIMEOUT", "1");
        settings.put("SQS_RETRY_PAUSE", "1");
        settings.put("JOBS_SWEEP", "1");
        settings.put("MANAGEMENT_PORT", "0");
        settings.put("SERVER_PORT", "0");
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("local services", settings));
    }
}

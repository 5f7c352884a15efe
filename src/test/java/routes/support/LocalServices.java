package routes.support;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Configures a test's application for the shared LocalCloud, the test's camera API and an ffmpeg. */
public final class LocalServices implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final CameraApi CAMERAS = new CameraApi();
    private static final OffsetClock CLOCK = new OffsetClock();
    private static final TokenIssuer TOKENS = issuer();

    /** The camera API of every flow test's application. */
    public static CameraApi cameras() {
        return CAMERAS;
    }

    /** The clock of all flow tests; a test that advances it must reset it. */
    public static OffsetClock clock() {
        return CLOCK;
    }

    /** The token issuer that all flow tests trust. */
    public static TokenIssuer tokens() {
        return TOKENS;
    }

    /** @return a client of that application */
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
        settings.put("CHECK_CLIPS", "frames");
        settings.put("SNAPSHOT_STREAM", "sample");
        settings.put("SQS_TIMEOUT", "1");
        settings.put("SQS_RETRY_PAUSE", "1");
        settings.put("JOBS_SWEEP", "1");
        settings.put("API_AUTH", "on");
        settings.put("JWT_ISSUER", TOKENS.url().toString());
        settings.put("JWT_AUDIENCE", TokenIssuer.AUDIENCE);
        settings.put("API_RATE", "10000");
        settings.put("API_BURST", "10000");
        settings.put("API_OPEN_JOBS", "5");
        settings.put("MANAGEMENT_PORT", "0");
        settings.put("SERVER_PORT", "0");
        ((GenericApplicationContext) context)
                .registerBean("testClock", Clock.class, LocalServices::clock, bean -> bean.setPrimary(true));
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("local services", settings));
    }

    private static TokenIssuer issuer() {
        try {
            return new TokenIssuer();
        } catch (IOException | JOSEException e) {
            throw new IllegalStateException("the token issuer does not start", e);
        }
    }
}

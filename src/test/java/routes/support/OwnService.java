package routes.support;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.context.support.StandardServletEnvironment;
import routes.CamclipsApplication;

/**
 * A separate service in this JVM with its own settings, for one test. Its recordings are those of {@link PastFootage}.
 */
public final class OwnService implements AutoCloseable {
    private final ConfigurableApplicationContext application;

    private OwnService(ConfigurableApplicationContext application) {
        this.application = application;
    }

    /** @return queue, table, topic and bucket that no other test uses */
    public static LocalResources resources() {
        return LocalCloud.shared()
                .newResources("-own-" + UUID.randomUUID().toString().substring(0, 8));
    }

    /**
     * @param settings by the names of environment variables
     * @param more additional bean classes
     */
    public static OwnService start(LocalResources resources, Map<String, String> settings, Class<?>... more) {
        Map<String, Object> all = new HashMap<>(LocalCloud.shared().environment(resources));
        all.put("S3_BUCKET_ORIGIN", LocalCloud.shared().resources().originBucket());
        all.put("THUMBNAIL_SIZES", "300");
        // a stop waits for a poll
        all.put("clips.poll", "1");
        // a file lock is lost if the same process closes that file elsewhere
        all.put("CLIP_DOWNLOAD_DEST", "target/scratch-" + UUID.randomUUID());
        all.putAll(settings);
        MapPropertySource own = new MapPropertySource("own service", all);
        // present from the start, like variables, and before those of LocalServices
        StandardServletEnvironment environment = new StandardServletEnvironment();
        environment.getPropertySources().addFirst(own);
        return new OwnService(new SpringApplicationBuilder(CamclipsApplication.class)
                .sources(more)
                .environment(environment)
                .initializers(
                        new LocalServices(),
                        context -> context.getEnvironment().getPropertySources().addFirst(own))
                .run());
    }

    public CamelContext camel() {
        return application.getBean(CamelContext.class);
    }

    public <T> T bean(String name, Class<T> type) {
        return application.getBean(name, type);
    }

    /** @param name {@code server} or {@code management} */
    public int port(String name) {
        return application.getEnvironment().getRequiredProperty("local." + name + ".port", Integer.class);
    }

    @Override
    public void close() {
        application.close();
    }
}

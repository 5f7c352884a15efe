package routes.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Gives a test control of its application's clock, queue deliveries and route steps. The application has its own table,
 * topic and bucket; its recordings are those of {@link PastFootage}.
 */
public final class HandDriven implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final SettableClock CLOCK = new SettableClock(Instant.EPOCH);
    private static final HandQueue QUEUE = new HandQueue(CLOCK);
    private static final BreakableTable TABLE = new BreakableTable();
    private static final StepBreaker BREAKER = new StepBreaker();
    private static final LocalResources RESOURCES = LocalCloud.shared()
            .newResources("-hand-" + UUID.randomUUID().toString().substring(0, 8));

    public static Clock clock() {
        return CLOCK;
    }

    public static void advance(Duration time) {
        CLOCK.advance(time);
    }

    /** @param now may be earlier than before */
    public static void setClock(Instant now) {
        CLOCK.advance(Duration.between(CLOCK.instant(), now));
    }

    public static HandQueue queue() {
        return QUEUE;
    }

    public static BreakableTable table() {
        return TABLE;
    }

    public static StepBreaker breaker() {
        return BREAKER;
    }

    /** @return the client's view, except for the queue */
    public static ClipClient client() {
        return new ClipClient(LocalCloud.shared(), RESOURCES);
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        new LocalServices().initialize(context);
        Map<String, Object> settings = new HashMap<>(LocalCloud.shared().environment(RESOURCES));
        settings.put("S3_BUCKET_ORIGIN", LocalCloud.shared().resources().originBucket());
        settings.put("THUMBNAIL_SIZES", "300");
        settings.put("CLIP_DOWNLOAD_DEST", "target/scratch-hand-driven");
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("hand-driven", settings));
        context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return switch (name) {
                    case "clock", "testClock" -> CLOCK;
                    case "sqsClient" -> QUEUE;
                    case "dynamoDbClient" -> TABLE.around((DynamoDbClient) bean);
                    default -> bean;
                };
            }
        });
        QUEUE.beforeDelete(() -> BREAKER.before("delete-message"));
        ((GenericApplicationContext) context).registerBean("stepBreaker", StepBreaker.class, () -> BREAKER);
    }
}

package routes.camera;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Records the cameras that the camera API knows. Each is an item of the jobs table, kept as long as a job after its
 * footage was last listed. Its id contains a ':', which job ids never do, and the index {@code subject} lists it under a
 * control character, which subjects of jobs never contain.
 */
@Component("cameraRegistry")
public class CameraRegistry {
    static final String PREFIX = "camera:";
    static final String SUBJECT = "\tcameras";

    private static final Logger LOG = LoggerFactory.getLogger(CameraRegistry.class);
    private static final Duration WRITE_AFTER = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final Cache<String, Boolean> written = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(WRITE_AFTER)
            .build();
    private final DynamoDbClient client;
    private final Clock clock;
    private final String table;
    private final Duration keep;

    CameraRegistry(DynamoDbClient client, Clock clock, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.table = settings.jobs().table();
        this.keep = Duration.ofDays(settings.jobs().keep());
    }

    /**
     * Records a camera that the camera API has just described.
     *
     * @param zone its time zone; null if unknown
     */
    public void described(
            @Simple("${variable.request.cameraId}") String cameraId,
            @Variable("alias") String alias,
            @Variable("zone") String zone) {
        Map<String, AttributeValue> attributes = attributes(alias);
        if (zone != null) {
            attributes.put("zone", AttributeValue.fromS(zone));
        }
        write(cameraId, attributes);
    }

    /** Records a camera whose footage was just listed, at most once an hour. */
    public void seen(@Simple("${variable.request.cameraId}") String cameraId, @Variable("alias") String alias) {
        if (written.getIfPresent(cameraId) == null) {
            write(cameraId, attributes(alias));
        }
    }

    private Map<String, AttributeValue> attributes(String alias) {
        Instant now = clock.instant();
        return new HashMap<>(Map.of(
                "subject", AttributeValue.fromS(SUBJECT),
                "asked", AttributeValue.fromN(Long.toString(now.toEpochMilli())),
                "name", AttributeValue.fromS(alias),
                "ExpirationTime",
                        AttributeValue.fromN(Long.toString(now.plus(keep).getEpochSecond()))));
    }

    /** Other attributes of the item, such as the zone, stay. The work on the footage does not depend on the write. */
    private void write(String cameraId, Map<String, AttributeValue> attributes) {
        try {
            client.updateItem(r -> r.tableName(table)
                    .key(Map.of("jobId", AttributeValue.fromS(PREFIX + cameraId)))
                    .updateExpression(attributes.keySet().stream()
                            .map(name -> "#" + name + " = :" + name)
                            .collect(Collectors.joining(", ", "SET ", "")))
                    .expressionAttributeNames(
                            attributes.keySet().stream().collect(Collectors.toMap(name -> "#" + name, name -> name)))
                    .expressionAttributeValues(attributes.entrySet().stream()
                            .collect(Collectors.toMap(one -> ":" + one.getKey(), Map.Entry::getValue))));
            written.put(cameraId, true);
        } catch (SdkException e) {
            LOG.warn("camera {} could not be recorded: {}", cameraId, e.getMessage());
        }
    }
}

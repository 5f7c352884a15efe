package routes.camera;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;
import routes.camera.CameraPage.Camera;
import routes.failure.ClientErrorException;
import routes.failure.InvalidField;
import routes.jobs.Identifier;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Lists the cameras of {@link CameraRegistry}. A page reads the ids of all of them, and the items of its own. */
@Component("cameraList")
public class CameraList {
    /** Items of a batch read. */
    private static final int BATCH = 100;

    private final DynamoDbClient client;
    private final ObjectMapper json;
    private final Clock clock;
    private final String table;
    private final Duration keep;

    CameraList(DynamoDbClient client, ObjectMapper json, Clock clock, Settings settings) {
        this.client = client;
        this.json = json;
        this.clock = clock;
        this.table = settings.jobs().table();
        this.keep = Duration.ofDays(settings.jobs().keep());
    }

    /**
     * @param limit 1 to 1000
     * @param next token from the previous page; null for the first page
     * @return JSON, as in the contract
     */
    public String page(@Header("limit") int limit, @Header("next") String next) throws JsonProcessingException {
        String after = next == null ? "" : parsed(next);
        List<String> ids =
                ids().tailSet(after, false).stream().limit(limit + 1L).toList();
        List<String> page = ids.subList(0, Math.min(limit, ids.size()));
        String token = ids.size() > limit ? token(page.get(limit - 1)) : null;
        return json.writeValueAsString(new CameraPage(read(page), token));
    }

    private static String token(String cameraId) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cameraId.getBytes(StandardCharsets.UTF_8));
    }

    private static String parsed(String token) {
        try {
            String cameraId = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (Identifier.isValid(cameraId)) {
                return cameraId;
            }
            throw wrong(token);
        } catch (IllegalArgumentException e) {
            throw wrong(token);
        }
    }

    private static ClientErrorException wrong(String token) {
        return ClientErrorException.badRequest(
                new InvalidField("next", token, "as the page before gave it, or left out"));
    }

    private NavigableSet<String> ids() {
        QueryRequest query = QueryRequest.builder()
                .tableName(table)
                .indexName("subject")
                .keyConditionExpression("#subject = :subject")
                .expressionAttributeNames(Map.of("#subject", "subject"))
                .expressionAttributeValues(Map.of(":subject", AttributeValue.fromS(CameraRegistry.SUBJECT)))
                .projectionExpression("jobId")
                .build();
        NavigableSet<String> ids = new TreeSet<>();
        client.queryPaginator(query).items().forEach(item -> ids.add(id(item)));
        return ids;
    }

    private List<Camera> read(List<String> ids) {
        Map<String, Camera> found = new TreeMap<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            Map<String, KeysAndAttributes> missing =
                    Map.of(table, keys(ids.subList(from, Math.min(ids.size(), from + BATCH))));
            while (!missing.isEmpty()) {
                Map<String, KeysAndAttributes> request = missing;
                var answer = client.batchGetItem(r -> r.requestItems(request));
                answer.responses().getOrDefault(table, List.of()).forEach(item -> found.put(id(item), camera(item)));
                missing = answer.unprocessedKeys();
            }
        }
        Instant oldest = clock.instant().minus(keep);
        return found.values().stream()
                .filter(camera -> camera.lastSeenAt().isAfter(oldest))
                .toList();
    }

    private static KeysAndAttributes keys(List<String> ids) {
        return KeysAndAttributes.builder()
                .keys(ids.stream()
                        .map(id -> Map.of("jobId", AttributeValue.fromS(CameraRegistry.PREFIX + id)))
                        .toList())
                .build();
    }

    private static Camera camera(Map<String, AttributeValue> item) {
        AttributeValue zone = item.get("zone");
        return new Camera(
                id(item),
                item.get("name").s(),
                zone == null ? null : zone.s(),
                Instant.ofEpochMilli(Long.parseLong(item.get("asked").n())));
    }

    private static String id(Map<String, AttributeValue> item) {
        return item.get("jobId").s().substring(CameraRegistry.PREFIX.length());
    }
}

package routes.camera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;
import routes.failure.FootageUnusableException;
import routes.fetch.Recording;
import routes.jobs.Identifier;
import routes.settings.Settings;

/** Parses and validates responses of the camera API. */
@Component("cameraApiResponses")
public class CameraApiResponses {
    /** Assumed duration of a recording if neither its end nor a next recording is listed. */
    private static final Duration USUAL = Duration.ofMinutes(10);

    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private final ObjectMapper json;
    private final RecordingNames names;
    private final String dir;

    CameraApiResponses(ObjectMapper json, RecordingNames names, Settings settings) {
        this.json = json;
        this.names = names;
        this.dir = settings.bucket().originDir();
    }

    /** @return the alias under which the camera's recordings are listed */
    public String alias(@Body String camera) {
        String alias = tree(camera).path("alias").asText();
        if (!Identifier.isValid(alias)) {
            throw new FootageUnusableException("the camera API returned no valid alias");
        }
        return alias;
    }

    /** @return the camera's time zone, such as Europe/Amsterdam; null if the answer has none that is known here */
    public String zone(@Body String camera) {
        JsonNode root = tree(camera);
        return Stream.of("timeZone", "timezone", "zone")
                .map(name -> root.path(name).asText())
                .filter(ZONES::contains)
                .findFirst()
                .orElse(null);
    }

    /** @return recordings in listed order; one without an end lasts until the next one starts, or for 10 minutes */
    public List<Recording> recordings(@Body String list) {
        JsonNode root = tree(list);
        if (!root.isArray()) {
            throw new FootageUnusableException("the camera API returned no list of recordings");
        }
        NavigableSet<Instant> starts = new TreeSet<>();
        root.forEach(item -> starts.add(start(item)));
        List<Recording> recordings = new ArrayList<>();
        for (JsonNode item : root) {
            Instant start = start(item);
            Instant next = starts.higher(start);
            Instant end =
                    item.hasNonNull("endDate") ? instant(item.get("endDate")) : next == null ? start.plus(USUAL) : next;
            recordings.add(new Recording(dir.isEmpty() ? name(item) : dir + "/" + name(item), start, end));
        }
        return List.copyOf(recordings);
    }

    private Instant start(JsonNode item) {
        return item.hasNonNull("startDate")
                ? instant(item.get("startDate"))
                : names.start(name(item)).orElseThrow(() -> new FootageUnusableException("a recording has no start"));
    }

    private static String name(JsonNode item) {
        String url = item.path("recordingUrl").asText();
        String name = url.substring(url.lastIndexOf('/') + 1);
        if (!Identifier.isValid(name)) {
            throw new FootageUnusableException("the camera API returned a recording without a valid name");
        }
        return name;
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text == null ? "" : text);
        } catch (IOException e) {
            throw new FootageUnusableException("the camera API did not return JSON");
        }
    }

    private static Instant instant(JsonNode date) {
        try {
            return date.isIntegralNumber()
                    ? Instant.ofEpochMilli(date.longValue())
                    : OffsetDateTime.parse(date.asText()).toInstant();
        } catch (DateTimeException e) {
            throw new FootageUnusableException("the camera API returned a recording without a valid date");
        }
    }
}

package routes.camera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.failure.FootageUnusableException;
import routes.fetch.Recording;
import routes.jobs.Identifier;
import routes.observe.Meters;
import routes.settings.Settings;

/** Parses and validates responses of the camera API. */
@Component("cameraApiResponses")
public class CameraApiResponses {
    private static final Logger LOG = LoggerFactory.getLogger(CameraApiResponses.class);
    /** Assumed duration of a recording if neither its end nor a next recording is listed. */
    private static final Duration USUAL = Duration.ofMinutes(10);

    private static final Pattern MILLISECONDS = Pattern.compile("-?\\d{1,15}");

    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][ ]")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

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
        String alias = tree(camera).path("alias").asText(null);
        if (!Identifier.isValid(alias)) {
            throw new FootageUnusableException("the camera API returned no valid alias");
        }
        return alias;
    }

    /** @return the camera's time zone, such as Europe/Amsterdam; null if the answer has none that is known here */
    public String zone(@Body String camera) {
        JsonNode root = tree(camera);
        return Stream.of("timeZone", "timezone", "zone")
                .map(name -> root.path(name).asText(null))
                .filter(Objects::nonNull)
                .filter(ZONES::contains)
                .findFirst()
                .orElse(null);
    }

    /**
     * @return recordings in listed order, except those without a URL; one without an end lasts until the next one starts, or
     *     for 10 minutes
     */
    public List<Recording> recordings(@Body String list) {
        JsonNode root = tree(list);
        if (!root.isArray()) {
            throw new FootageUnusableException("the camera API returned no list of recordings");
        }
        NavigableSet<Instant> starts = new TreeSet<>();
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode item : root) {
            if (item.path("recordingUrl").asText("").isBlank()) {
                Meters.recordingSkipped();
            } else {
                items.add(item);
                starts.add(start(item));
            }
        }
        if (items.size() < root.size()) {
            LOG.warn(
                    "the camera API listed {} recordings without a URL, which are left out",
                    root.size() - items.size());
        }
        List<Recording> recordings = new ArrayList<>();
        for (JsonNode item : items) {
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
        String path = item.path("recordingUrl").asText().split("[?#]", 2)[0];
        String name = path.substring(path.lastIndexOf('/') + 1);
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

    /** @param date ISO 8601, with an offset such as +02:00 or +0200, or in UTC; or milliseconds since 1970 */
    private static Instant instant(JsonNode date) {
        String text = date.asText().strip();
        try {
            if (MILLISECONDS.matcher(text).matches()) {
                return Instant.ofEpochMilli(Long.parseLong(text));
            }
            TemporalAccessor read = DATE.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return read instanceof OffsetDateTime known
                    ? known.toInstant()
                    : ((LocalDateTime) read).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new FootageUnusableException("the camera API returned a recording without a valid date");
        }
    }
}

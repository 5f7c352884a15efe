package routes.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The recordings listed by {@link CameraApi}, and their JSON. */
final class CameraListing {
    private record Listed(String alias, Instant start, Instant end, String fileName, boolean showStart) {
        boolean overlaps(Instant from, Instant to) {
            return start.isBefore(to) && end.isAfter(from);
        }

        boolean liesWithin(Instant from, Instant to) {
            return !start.isBefore(from) && !end.isAfter(to);
        }
    }

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Listed> recordings = new CopyOnWriteArrayList<>();

    void add(String alias, Instant start, Instant end, String fileName, boolean showStart) {
        recordings.add(new Listed(alias, start, end, fileName, showStart));
    }

    void remove(String fileName) {
        recordings.removeIf(recording -> recording.fileName().equals(fileName));
    }

    /**
     * Newest first.
     *
     * @param partial true for recordings that overlap the interval, false for those completely inside it
     */
    String json(String alias, Instant from, Instant to, boolean partial) {
        ArrayNode found = JSON.createArrayNode();
        recordings.stream()
                .filter(recording -> recording.alias().equals(alias))
                .filter(recording -> partial ? recording.overlaps(from, to) : recording.liesWithin(from, to))
                .sorted(Comparator.comparing(Listed::start).reversed())
                .forEach(recording -> found.add(json(recording)));
        return found.toString();
    }

    private static ObjectNode json(Listed recording) {
        ObjectNode json = JSON.createObjectNode();
        if (recording.showStart()) {
            json.put("startDate", MILLIS.format(recording.start()));
        }
        String url = "https://test/rewind/" + recording.fileName();
        String picture = url.replaceFirst("\\.mp4$", "");
        return json.put("endDate", MILLIS.format(recording.end()))
                .put("thumbLargeUrl", picture + "_full.jpg")
                .put("recordingUrl", url)
                .put("thumbSmallUrl", picture + "_small.jpg")
                .put("alias", recording.alias());
    }
}

package routes.clip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import routes.aws.PresignedLinks;
import routes.aws.PresignedLinks.Link;
import routes.cut.CutPlan;
import routes.cut.CutReport;
import routes.cut.TimeAnchor;
import routes.fetch.Recording;
import routes.fetch.Segment;
import routes.settings.Settings;

/** The result that a job stores for its clip: object keys, duration, gaps, lost frames and cut report. */
@Component
class ClipResults {
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long MICROS_PER_MILLI = 1000;
    private static final int MOST_EXPLAINED = 500;

    private final ObjectMapper json;
    private final ClipKeys keys;
    private final Settings.Thumbnails thumbnails;

    ClipResults(ObjectMapper json, ClipKeys keys, Settings settings) {
        this.json = json;
        this.keys = keys;
        this.thumbnails = settings.thumbnails();
    }

    /**
     * @param bytes size of the clip
     * @return JSON; its object keys have no leading slash
     */
    String document(ClipRequest request, ClipPlan listed, CutPlan plan, long bytes) {
        CutReport cut = plan.report();
        ObjectNode root = json.createObjectNode().put("clip", keys.clip(request));
        ObjectNode images = root.putObject("thumbnails");
        thumbnails.widths().forEach(width -> {
            String size = Integer.toString(width);
            images.put(size, keys.thumbnail(request, size));
        });
        root.put("durationInMs", plan.timeline().length().toMillis()).put("bytes", bytes);
        addMissing(root, listed, plan);
        ArrayNode anchors = root.putArray("anchors");
        plan.anchors()
                .forEach(anchor -> anchors.addArray().add(anchor.clipMicros()).add(anchor.instantMicros()));
        ObjectNode how = root.putObject("cut")
                .put("copied", cut.copied())
                .put("reencoded", cut.reencoded())
                .put("mode", cut.mode().name().toLowerCase(Locale.ROOT));
        if (cut.reason() != null) {
            how.put("reason", cut.reason().name());
        }
        if (cut.decodeErrors() > 0) {
            how.put("decodeErrors", cut.decodeErrors());
        }
        return root.toString();
    }

    /** A job is limited in size: very many gaps have no reasons. */
    private static void addMissing(ObjectNode root, ClipPlan listed, CutPlan plan) {
        ClipEvents.addMissing(root, plan);
        List<Recording> recordings =
                listed.recordings().stream().map(Segment::recording).toList();
        List<ExplainedGap> explained = ExplainedGap.of(plan.timeline().gaps(), recordings);
        if (explained.size() > MOST_EXPLAINED) {
            return;
        }
        ArrayNode gaps = root.putArray("gaps");
        explained.forEach(gap -> ClipEvents.addInterval(gaps, gap.from(), gap.to())
                .put("reason", gap.reason().name()));
    }

    /**
     * @param start of the requested interval
     * @return how the times of the clip and recorded instants match; from its gaps for a result of an earlier version
     */
    List<TimeAnchor> anchors(String document, Instant start) {
        JsonNode result = read(document);
        List<TimeAnchor> anchors = new ArrayList<>();
        result.path("anchors")
                .forEach(pair -> anchors.add(
                        new TimeAnchor(pair.path(0).asLong(), pair.path(1).asLong())));
        if (anchors.isEmpty()) {
            long first = start.toEpochMilli();
            JsonNode gap = result.at("/gaps/0");
            boolean startsWithGap = gap.path("startTimestampInMs").asLong() == first;
            anchors.add(new TimeAnchor(
                    0,
                    MICROS_PER_MILLI
                            * (startsWithGap ? gap.path("endTimestampInMs").asLong() : first)));
        }
        return anchors;
    }

    /**
     * The result as clients get it; its links are presigned on each read.
     *
     * @param bytes size of the clip; null in a result of an earlier version
     */
    record View(
            ClipLink clip,
            List<Thumbnail> thumbnails,
            long durationInMs,
            Long bytes,
            JsonNode gaps,
            JsonNode gapCount,
            JsonNode lost,
            JsonNode cut) {}

    /** @param downloadUrl makes a browser save the object as a file */
    record ClipLink(String url, String key, Instant expiresAt, String downloadUrl) {}

    /** @param size width in pixels */
    record Thumbnail(int size, String url, String key, Instant expiresAt) {}

    View view(ClipRequest request, String document, PresignedLinks links) {
        JsonNode result = read(document);
        List<Thumbnail> images = new ArrayList<>();
        result.path("thumbnails").properties().forEach(made -> {
            Link link = links.to(made.getValue().asText());
            images.add(new Thumbnail(Integer.parseInt(made.getKey()), link.url(), link.key(), link.expiresAt()));
        });
        Link clip = links.to(result.path("clip").asText());
        String download = links.download(clip.key(), fileName(request)).url();
        return new View(
                new ClipLink(clip.url(), clip.key(), clip.expiresAt(), download),
                images,
                result.path("durationInMs").asLong(),
                result.has("bytes") ? result.get("bytes").asLong() : null,
                result.path("gaps"),
                result.get("gapCount"),
                result.path("lost").isArray() ? result.get("lost") : json.createArrayNode(),
                result.get("cut"));
    }

    /** @return such as 1111111111111_20261128T101500.000Z_20261128T101520.000Z.mp4 */
    private static String fileName(ClipRequest request) {
        return request.cameraId() + "_" + FILE_TIME.format(request.start()) + "_" + FILE_TIME.format(request.end())
                + ".mp4";
    }

    /** @param document null if there is no clip */
    Optional<String> clipKey(String document) {
        return document == null
                ? Optional.empty()
                : Optional.of(read(document).path("clip").asText());
    }

    private JsonNode read(String document) {
        try {
            return json.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a clip result: " + document, e);
        }
    }
}

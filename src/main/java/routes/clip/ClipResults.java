package routes.clip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import routes.aws.PresignedLinks;
import routes.aws.PresignedLinks.Link;
import routes.cut.CutPlan;
import routes.cut.CutReport;
import routes.settings.Settings;

/** The result that a job stores for its clip: object keys, duration, gaps, lost frames and cut report. */
@Component
class ClipResults {
    private final ObjectMapper json;
    private final ClipKeys keys;
    private final Settings.Thumbnails thumbnails;

    ClipResults(ObjectMapper json, ClipKeys keys, Settings settings) {
        this.json = json;
        this.keys = keys;
        this.thumbnails = settings.thumbnails();
    }

    /** @return JSON; its object keys have no leading slash */
    String document(ClipRequest request, CutPlan plan) {
        CutReport cut = plan.report();
        ObjectNode root = json.createObjectNode().put("clip", keys.clip(request));
        ObjectNode images = root.putObject("thumbnails");
        thumbnails.widths().forEach(width -> {
            String size = Integer.toString(width);
            images.put(size, keys.thumbnail(request, size));
        });
        root.put("durationInMs", plan.timeline().length().toMillis());
        ClipEvents.addMissing(root, plan);
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

    /** The result as clients get it; its links are presigned on each read. */
    record View(Link clip, List<Thumbnail> thumbnails, long durationInMs, JsonNode gaps, JsonNode lost, JsonNode cut) {}

    /** @param size width in pixels */
    record Thumbnail(int size, String url, String key, Instant expiresAt) {}

    View view(String document, PresignedLinks links) {
        JsonNode result = read(document);
        List<Thumbnail> images = new ArrayList<>();
        result.path("thumbnails").properties().forEach(made -> {
            Link link = links.to(made.getValue().asText());
            images.add(new Thumbnail(Integer.parseInt(made.getKey()), link.url(), link.key(), link.expiresAt()));
        });
        return new View(
                links.to(result.path("clip").asText()),
                images,
                result.path("durationInMs").asLong(),
                result.path("gaps"),
                result.path("lost").isArray() ? result.get("lost") : json.createArrayNode(),
                result.get("cut"));
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

package routes.clip;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.springframework.stereotype.Component;
import routes.cut.CutPlan;
import routes.cut.Gap;
import routes.settings.Settings;

/** The event that is published when a clip job ends, as in {@code clip-available.sns.json}. */
@Component("clipEvents")
public class ClipEvents {
    private final ObjectMapper json;
    private final Settings settings;
    private final ClipKeys keys;

    ClipEvents(ObjectMapper json, Settings settings, ClipKeys keys) {
        this.json = json;
        this.settings = settings;
        this.keys = keys;
    }

    /**
     * @param request its unreadable fields are null, and so are those of the event
     * @param cut how the clip was cut; null if there is no clip
     * @param eventId identical for all publications of one run of a job
     * @param reason failure reason, published to clients; null to omit it
     */
    String document(ClipRequest request, ClipOutcome outcome, CutPlan cut, String eventId, String reason) {
        ObjectNode root = json.createObjectNode()
                .put("clipId", request.clipId())
                .put("cameraId", request.cameraId())
                .put("startTimestampInMs", milliseconds(request.start()))
                .put("endTimestampInMs", milliseconds(request.end()))
                .put("status", outcome.name());
        if (outcome == ClipOutcome.CLIP_AVAILABLE) {
            root.put("bucket", settings.bucket().destination());
            link(root.putObject("clip"), keys.clip(request));
            ObjectNode thumbnail = root.putObject("thumbnail");
            link(thumbnail, keys.thumbnail(request, "{size}"));
            settings.thumbnails().widths().forEach(thumbnail.putArray("sizes")::add);
            addMissing(root, cut);
            if (cut.report().decodeErrors() > 0) {
                root.put("decodeErrors", cut.report().decodeErrors());
            }
        } else {
            request.retryTimestamps().forEach(root.putArray("retryTimestamps")::add);
            root.putObject("thumbnail").putArray("sizes");
        }
        if (reason != null) {
            root.put("reason", reason);
        }
        return root.put("eventId", eventId).toString();
    }

    /**
     * Adds the missing parts of the interval: gaps, and lost frames if there are any. There are at most 100 of each: of
     * more, neighbours are joined.
     */
    static void addMissing(ObjectNode root, CutPlan cut) {
        ArrayNode gaps = root.putArray("gaps");
        cut.timeline().gaps().forEach(gap -> addInterval(gaps, gap.from(), gap.to()));
        int count = cut.timeline().gaps().stream().mapToInt(Gap::count).sum();
        if (count > gaps.size()) {
            root.put("gapCount", count);
        }
        if (!cut.lost().isEmpty()) {
            ArrayNode lost = root.putArray("lost");
            cut.lost().forEach(part -> addInterval(lost, part.from(), part.to()).put("frames", part.frames()));
        }
    }

    static ObjectNode addInterval(ArrayNode list, Instant from, Instant to) {
        return list.addObject()
                .put("startTimestampInMs", from.toEpochMilli())
                .put("endTimestampInMs", to.toEpochMilli());
    }

    private static Long milliseconds(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private void link(ObjectNode node, String key) {
        node.put("url", settings.camera().clipUrl().replaceFirst("/$", "") + "/" + key)
                .put("key", "/" + key);
    }
}

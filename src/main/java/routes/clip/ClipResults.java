package routes.clip;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import routes.cut.CutReport;
import routes.fetch.Segment;
import routes.settings.Settings;

/** What a job keeps of the clip that it made: where its parts lie, how long it is, what is missing, how it was cut. */
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

    /** @return JSON; keys without a leading slash */
    String document(ClipRequest request, ClipPlan plan, CutReport cut) {
        ObjectNode root = json.createObjectNode().put("clip", keys.clip(request));
        ObjectNode images = root.putObject("thumbnails");
        thumbnails.widths().forEach(width -> {
            String size = Integer.toString(width);
            images.put(size, keys.thumbnail(request, size));
        });
        root.put("durationInMs", duration(plan.pieces()).toMillis());
        ArrayNode gaps = root.putArray("gaps");
        plan.gaps().forEach(gap -> gaps.addObject()
                .put("startTimestampInMs", gap.from().toEpochMilli())
                .put("endTimestampInMs", gap.to().toEpochMilli()));
        ObjectNode how = root.putObject("cut")
                .put("copied", cut.copied())
                .put("reencoded", cut.reencoded())
                .put("way", cut.way().name().toLowerCase(Locale.ROOT));
        if (cut.reason() != null) {
            how.put("reason", cut.reason().name());
        }
        return root.toString();
    }

    private static Duration duration(List<Segment> pieces) {
        return Duration.between(
                pieces.get(0).from(), pieces.get(pieces.size() - 1).to());
    }
}

package routes.clip;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import routes.Settings;

/** What a job keeps of the clip that it made: where its parts lie, how long it is, what is missing. */
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
    String document(ClipRequest request, ClipPlan plan) {
        ObjectNode root = json.createObjectNode().put("clip", keys.clip(request));
        ObjectNode images = root.putObject("thumbnails");
        thumbnails.widths().forEach(width -> {
            String size = Integer.toString(width);
            images.put(size, keys.thumbnail(request, size));
        });
        List<Piece> pieces = plan.pieces();
        root.put(
                "durationInMs",
                Duration.between(
                                pieces.get(0).from(),
                                pieces.get(pieces.size() - 1).to())
                        .toMillis());
        ArrayNode gaps = root.putArray("gaps");
        plan.gaps().forEach(gap -> gaps.addObject()
                .put("startTimestampInMs", gap.from().toEpochMilli())
                .put("endTimestampInMs", gap.to().toEpochMilli()));
        return root.toString();
    }
}

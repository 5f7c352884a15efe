package routes.clip;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import routes.media.CutReport;

/** What a clip's job tells of what was made. */
@Component
class ClipResults {
    private final ObjectMapper json;

    ClipResults(ObjectMapper json) {
        this.json = json;
    }

    /**
     * @param cut null without a clip
     * @return JSON, or null where there is nothing to tell
     */
    String document(List<Gap> gaps, CutReport cut) {
        ObjectNode result = json.createObjectNode();
        gaps.forEach(gap -> result.withArray("gaps")
                .addObject()
                .put("startTimestampInMs", gap.from().toEpochMilli())
                .put("endTimestampInMs", gap.to().toEpochMilli()));
        if (cut != null) {
            ObjectNode node = result.putObject("cut")
                    .put("copied", cut.copied())
                    .put("reencoded", cut.reencoded())
                    .put("way", cut.way().name().toLowerCase(Locale.ROOT));
            if (cut.reason() != null) {
                node.put("reason", cut.reason().name());
            }
        }
        return result.isEmpty() ? null : result.toString();
    }
}

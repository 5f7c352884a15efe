package routes.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import routes.aws.PresignedLinks;
import routes.aws.PresignedLinks.Link;
import routes.jobs.Job;

/** The result that a job stores for its snapshot, and how clients see it. */
@Component
class SnapshotResults {
    private final ObjectMapper json;
    private final PresignedLinks links;

    SnapshotResults(ObjectMapper json, @Qualifier("snapshotLinks") PresignedLinks links) {
        this.json = json;
        this.links = links;
    }

    /** @return JSON: the answer without what depends on the link */
    String document(SnapshotRequest request, FrameSource source, JpegPicture picture, String key) {
        ObjectNode root = json.createObjectNode()
                .put("key", key)
                .put("frameAt", source.frameAt().toString())
                .put("ageMs", millis(Duration.between(source.frameAt(), request.askedAt())));
        if (request.at() != null) {
            root.put("offBy", millis(Duration.between(source.frameAt(), request.at())));
        }
        root.put("width", picture.width()).put("height", picture.height()).put("bytes", picture.bytes());
        ObjectNode from = root.putObject("source");
        if (source.stream() != null) {
            from.put("stream", source.stream()).put("fragment", source.fragment());
        } else {
            from.put("recording", source.recording()).put("tick", source.tick()).put("timescale", source.timescale());
        }
        return root.toString();
    }

    /** The instant of a frame is rounded up to a millisecond, and clocks differ. */
    private static long millis(Duration time) {
        return Math.max(0, time.toMillis());
    }

    /** @return as in the contract, with a link that is signed now */
    ObjectNode view(Job job) {
        JsonNode stored = read(job.result());
        Link link = links.to(stored.path("key").asText());
        ObjectNode view = json.createObjectNode()
                .put("jobId", job.id())
                .put("key", link.key())
                .put("url", link.url())
                .put("expiresAt", link.expiresAt().toString());
        stored.properties().forEach(field -> view.putIfAbsent(field.getKey(), field.getValue()));
        return view;
    }

    private JsonNode read(String document) {
        try {
            return json.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the result of a snapshot: " + document, e);
        }
    }
}

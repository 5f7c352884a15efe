package routes.transcode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.jobs.Job;

/** The document that is published when a transcode ends. */
final class TranscodeEvents {
    private TranscodeEvents() {}

    /** @param result without links: of a success its stream, of a failure its reason */
    static String document(Job job, TranscodeOutcome outcome, JsonNode result) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("jobId", job.id())
                .put("type", job.type())
                .put("inputFile", job.subject())
                .put("status", outcome.name())
                .<ObjectNode>set("result", result)
                .put("eventId", job.eventIdOfRun())
                .toString();
    }
}

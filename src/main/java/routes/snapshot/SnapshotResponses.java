package routes.snapshot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.api.jobs.JobResponses;

/** REST responses with snapshots. */
@Component("snapshotResponses")
public class SnapshotResponses {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NOT_MODIFIED = 304;
    private static final int MILLIS = 1000;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final SnapshotResults results;
    private final ObjectMapper json;

    SnapshotResponses(SnapshotResults results, ObjectMapper json) {
        this.results = results;
        this.json = json;
    }

    /** Responds with 201 and the stored snapshot. */
    public void created(@Variable("snapshot") Snapshot snapshot, Message message) {
        JobResponses.answer(message, CREATED, results.view(snapshot.job()).toString());
        message.setHeader("Location", "/jobs/" + snapshot.job().id());
    }

    /** Responds as in {@code snapshot.json}. */
    public void legacy(@Variable("snapshot") Snapshot snapshot, Message message) {
        String url = results.view(snapshot.job()).path("url").asText();
        ObjectNode answer = json.createObjectNode().put("statusCode", OK).put("body", url);
        JobResponses.answer(message, OK, answer.toString());
    }

    /** Responds with the picture, or with 304 if the client has it. */
    public void picture(
            @Variable("snapshot") Snapshot snapshot, @Variable("request") SnapshotRequest request, Message message) {
        FrameSource source = snapshot.source();
        message.removeHeaders("*");
        // also without a body: Camel would name all types of the contract
        message.setHeader(Exchange.CONTENT_TYPE, "image/jpeg");
        message.setHeader("ETag", source.etag());
        message.setHeader(
                "Cache-Control", source.isFinal() ? "private, max-age=31536000, immutable" : "private, max-age=1");
        if (source.isKnown(request.known())) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, NOT_MODIFIED);
            message.setBody(null);
            return;
        }
        Instant frameAt = source.frameAt();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, OK);
        message.setHeader("Last-Modified", HTTP_DATE.format(frameAt));
        message.setHeader("X-Frame-Time", seconds(frameAt));
        message.setBody(snapshot.picture().content());
    }

    private static String seconds(Instant instant) {
        return String.format(
                Locale.ROOT,
                "%d.%03d",
                instant.getEpochSecond(),
                instant.toEpochMilli() - instant.getEpochSecond() * MILLIS);
    }
}

package routes.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.InvalidField;
import routes.settings.Settings;

/**
 * Reads requests that were validated against the contract, and validates what depends on other fields and on the time.
 * Invalid values get 422.
 */
@Component("snapshotParser")
public class SnapshotParser {
    private static final String AN_INSTANT = "an instant in UTC, such as 2026-11-20T18:00:00Z";

    private final ObjectMapper json;
    private final Clock clock;
    private final Duration retention;
    private final String standardStream;

    SnapshotParser(ObjectMapper json, Clock clock, Settings settings) {
        this.json = json;
        this.clock = clock;
        this.retention = settings.times().outOfRangeTime();
        this.standardStream = settings.snapshot().stream();
    }

    /** @return a request whose picture is stored */
    public SnapshotRequest ofBody(@Body String body) throws JsonProcessingException {
        JsonNode root = json.readTree(body);
        String stream = text(root, "stream");
        String cameraId = text(root, "cameraId");
        if ((stream == null) == (cameraId == null)) {
            throw invalid("stream", stream, "given if and only if cameraId is not");
        }
        if (stream != null && (root.has("at") || root.has("tolerance"))) {
            String name = root.has("at") ? "at" : "tolerance";
            throw invalid(name, text(root, name), "left out with stream: it is for recordings of a camera");
        }
        if (cameraId != null && root.has("maxAge")) {
            throw invalid("maxAge", text(root, "maxAge"), "left out with cameraId: it is for live streams");
        }
        return request(newId(), stream, cameraId, text(root, "at"))
                .withPicture(width(text(root, "width")), quality(text(root, "quality")))
                .withLimits(tolerance(text(root, "tolerance")), maxAge(text(root, "maxAge")));
    }

    public SnapshotRequest ofStream(
            @Header("stream") String stream,
            @Header("width") String width,
            @Header("quality") String quality,
            @Header("maxAge") String maxAge,
            @Header("If-None-Match") String known) {
        return request(null, stream, null, null)
                .withPicture(width(width), quality(quality))
                .withLimits(SnapshotRequest.TOLERANCE, maxAge(maxAge))
                .withKnown(known);
    }

    public SnapshotRequest ofCamera(
            @Header("cameraId") String cameraId,
            @Header("at") String at,
            @Header("width") String width,
            @Header("quality") String quality,
            @Header("tolerance") String tolerance,
            @Header("If-None-Match") String known) {
        return request(null, null, cameraId, at)
                .withPicture(width(width), quality(quality))
                .withLimits(tolerance(tolerance), SnapshotRequest.MAX_AGE)
                .withKnown(known);
    }

    /** @param stream null for the one of the settings */
    public SnapshotRequest ofLegacyForm(@Header("stream_name") String stream) {
        String name = stream == null ? standardStream : stream;
        if (name.isEmpty()) {
            throw invalid("stream_name", null, "the name of a stream, since SNAPSHOT_STREAM is not set");
        }
        return request(newId(), name, null, null);
    }

    private static String newId() {
        return UlidCreator.getMonotonicUlid().toString();
    }

    private SnapshotRequest request(String jobId, String stream, String cameraId, String at) {
        return SnapshotRequest.of(jobId, stream, cameraId, at == null ? null : instant(at), clock.instant());
    }

    private Instant instant(String at) {
        Instant now = clock.instant();
        Instant instant;
        try {
            OffsetDateTime time = OffsetDateTime.parse(at);
            if (!time.getOffset().equals(ZoneOffset.UTC)) {
                throw invalid("at", at, AN_INSTANT);
            }
            instant = time.toInstant();
        } catch (DateTimeException e) {
            throw invalid("at", at, AN_INSTANT);
        }
        if (instant.isAfter(now)) {
            throw invalid("at", at, "in the past");
        }
        if (instant.isBefore(now.minus(retention))) {
            throw invalid("at", at, "within the last " + retention.toSeconds() + " s, for which recordings are kept");
        }
        return instant;
    }

    private static int width(String text) {
        return text == null ? 0 : number("width", text, 16, 7680);
    }

    private static int quality(String text) {
        return text == null ? SnapshotRequest.QUALITY : number("quality", text, 1, 100);
    }

    private static Duration tolerance(String text) {
        return text == null ? SnapshotRequest.TOLERANCE : Duration.ofSeconds(number("tolerance", text, 0, 60));
    }

    private static Duration maxAge(String text) {
        return text == null ? SnapshotRequest.MAX_AGE : Duration.ofSeconds(number("maxAge", text, 1, 3600));
    }

    /** HTTP headers of the same names are not validated by the contract. */
    private static int number(String name, String text, int least, int most) {
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw invalid(name, text, "a whole number from " + least + " to " + most);
        }
        return number;
    }

    private static String text(JsonNode root, String name) {
        return root.hasNonNull(name) ? root.get(name).asText() : null;
    }

    private static ClientErrorException invalid(String name, String value, String allowed) {
        return ClientErrorException.unprocessable(new InvalidField(name, value, allowed));
    }
}

package routes.transcode.mediaconvert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.failure.InvalidField;
import routes.failure.MalformedMessageException;
import routes.failure.OneLine;
import routes.jobs.Identifier;
import routes.jobs.SnsEnvelope;

/** Reads the events of MediaConvert, as EventBridge delivers them. */
@Component("engineReportReader")
@Conditional(MediaConvertSwitch.class)
public class EngineReportReader {
    private static final Logger LOG = LoggerFactory.getLogger(EngineReportReader.class);
    private static final String SOURCE = "aws.mediaconvert";
    private static final int SHOWN = 100;

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final EngineErrors errors;

    EngineReportReader(EngineErrors errors) {
        this.errors = errors;
    }

    /** @return the only event of a message, as text */
    public List<String> unwrap(@Body String message) {
        return List.of(SnsEnvelope.open(message));
    }

    /** @throws MalformedMessageException names the first invalid field */
    public EngineReport read(@Body String message) {
        ObjectNode root = object(message);
        if (!root.path("source").asText().equals(SOURCE)) {
            throw wrong("source", root.get("source"), SOURCE);
        }
        JsonNode detail = root.path("detail");
        String engineId = detail.path("jobId").asText();
        if (engineId.isEmpty()) {
            throw wrong("detail.jobId", detail.get("jobId"), "the id of a job of MediaConvert");
        }
        String status = detail.path("status").asText();
        if (status.isEmpty()) {
            throw wrong("detail.status", detail.get("status"), "a status of MediaConvert");
        }
        if (status.equals("QUEUE_HOP")) {
            LOG.info("MediaConvert moved job {} to another queue", OneLine.of(engineId, SHOWN));
        }
        JsonNode ours = detail.path("userMetadata");
        return new EngineReport(
                engineId,
                jobId(ours),
                ours.path(MediaConvertJobs.RUN).asInt(),
                status,
                status.equals("STATUS_UPDATE") ? progress(detail.path("jobProgress")) : EngineReport.NO_PROGRESS,
                status.equals("INPUT_INFORMATION") ? film(detail.path("inputDetails")) : null,
                status.equals("NEW_WARNING") ? warning(detail) : null,
                end(status, detail));
    }

    private static String jobId(JsonNode ours) {
        String id = ours.path(MediaConvertJobs.JOB_ID).asText();
        if (id.isEmpty()) {
            return null;
        }
        if (!Identifier.isValid(id)) {
            throw wrong("detail.userMetadata.jobId", ours.get(MediaConvertJobs.JOB_ID), Identifier.ALLOWED);
        }
        return id;
    }

    private static int progress(JsonNode job) {
        JsonNode whole = job.path("jobPercentComplete");
        if (whole.isNumber()) {
            return EngineProgress.ofJob(whole.asInt());
        }
        JsonNode phases = job.path("phaseProgress");
        return phases.isObject() && !phases.isEmpty()
                ? EngineProgress.ofPhases(
                        phases.at("/PROBING/percentComplete").asInt(),
                        phases.at("/TRANSCODING/percentComplete").asInt(),
                        phases.at("/UPLOADING/percentComplete").asInt())
                : EngineReport.NO_PROGRESS;
    }

    /** The service gives MediaConvert one input. */
    private static FilmFormat film(JsonNode inputs) {
        JsonNode video = inputs.at("/0/video/0");
        JsonNode named = video.isMissingNode() ? inputs.at("/0/audio/0") : video;
        return new FilmFormat(
                video.path("width").asInt(),
                video.path("height").asInt(),
                named.path("codec").asText(null));
    }

    private EngineWarning warning(JsonNode detail) {
        String message = detail.path("warningMessage").asText(null);
        return new EngineWarning(
                OneLine.of(detail.path("warningCode").asText(), SHOWN),
                message == null ? null : errors.scrubbed(message));
    }

    private static EngineEnd end(String status, JsonNode detail) {
        return switch (status) {
            case "COMPLETE" -> complete(detail.path("outputGroupDetails"));
            case "ERROR" ->
                EngineEnd.error(
                        detail.path("errorCode").asText(null),
                        detail.path("errorMessage").asText(null));
            case "CANCELED" -> EngineEnd.canceled();
            default -> null;
        };
    }

    private static EngineEnd complete(JsonNode groups) {
        return EngineEnd.of(items(groups)
                .flatMap(group -> items(group.path("outputDetails")))
                .map(output -> new EngineOutput(
                        output.path("durationInMs").asLong(),
                        output.at("/videoDetails/widthInPx").asInt(),
                        output.at("/videoDetails/heightInPx").asInt()))
                .toList());
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private ObjectNode object(String text) {
        try {
            if (json.readTree(text) instanceof ObjectNode root) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("not JSON: " + OneLine.of(e.getOriginalMessage(), SHOWN), e);
        }
        throw new MalformedMessageException("'" + OneLine.of(text, SHOWN) + "' is not a JSON object");
    }

    private static MalformedMessageException wrong(String field, JsonNode value, String allowed) {
        return new MalformedMessageException(
                new InvalidField(field, value == null ? null : OneLine.of(value.toString(), SHOWN), allowed));
    }
}

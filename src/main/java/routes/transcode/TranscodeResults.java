package routes.transcode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import routes.jobs.Job;
import routes.transcode.hls.OutputPath;
import routes.transcode.hls.StoredStream;
import routes.transcode.mediaconvert.EngineDetails;
import routes.transcode.mediaconvert.EngineWarning;
import routes.transcode.mediaconvert.FilmFormat;

/** The result that a job stores for its stream, how clients see it, and {@code info.json} beside the stream. */
@Component
public class TranscodeResults {
    private static final String HLS = "m3u8";

    private final ObjectMapper json;

    TranscodeResults(ObjectMapper json) {
        this.json = json;
    }

    /** @return whether the job's type makes streams */
    public static boolean isStream(Job job) {
        return job.type().equals(TranscodeJobType.NAME);
    }

    /** @return path at which players begin */
    public static String playlistPath(String jobId) {
        return "/jobs/" + jobId + "/playlist." + HLS;
    }

    /** @return of the stream of a job that is DONE */
    public Duration length(Job job) {
        return Duration.ofMillis(read(job.result()).path("durationMs").asLong());
    }

    /** @return JSON without links */
    ObjectNode document(StoredStream stream, OutputPath output) {
        ObjectNode root = json.createObjectNode()
                .put("durationMs", stream.durationMs())
                .put("widthPx", stream.widthPx())
                .put("heightPx", stream.heightPx())
                .put("outputPath", output.prefix());
        root.putObject("playlists").put(HLS, output.master());
        return root;
    }

    /** @return JSON */
    ObjectNode failure(String code, String reason) {
        return json.createObjectNode().put("errorCode", code).put("errorMessage", reason);
    }

    /** @return the code of the failure of a job that has failed; empty if its result has none */
    Optional<String> errorCode(Job job) {
        return job.result() == null
                ? Optional.empty()
                : Optional.ofNullable(read(job.result()).path("errorCode").asText(null));
    }

    /** @return the prefix of the stream of a job that is DONE */
    public OutputPath output(Job job) {
        String prefix = read(job.result()).path("outputPath").asText();
        return StreamLocations.ofPrefix(job.id(), job.run(), prefix);
    }

    /** @return the content of {@code info.json} */
    String info(StoredStream stream, OutputPath output) {
        ObjectNode root = json.createObjectNode()
                .put("duration_ms", stream.durationMs())
                .put("width_px", stream.widthPx())
                .put("height_px", stream.heightPx());
        root.putObject("playlists").put(HLS, output.master());
        return root.toString();
    }

    /**
     * The result as clients get it.
     *
     * @param playlists by extension
     * @param film null if it is not known
     * @param warnings of MediaConvert; null if there are none
     */
    record View(
            long durationMs,
            int widthPx,
            int heightPx,
            String outputPath,
            Map<String, StoredPlaylist> playlists,
            FilmFormat film,
            List<EngineWarning> warnings) {}

    /**
     * @param url of this service, relative to the API: links to the bucket would not resolve the playlist's own
     * @param key of the object
     */
    record StoredPlaylist(String url, String key) {}

    View view(Job job) {
        JsonNode result = read(job.result());
        Map<String, StoredPlaylist> playlists = new LinkedHashMap<>();
        result.path("playlists")
                .properties()
                .forEach(one -> playlists.put(
                        one.getKey(),
                        new StoredPlaylist(
                                playlistPath(job.id()), one.getValue().asText())));
        EngineDetails details = EngineDetails.of(job.details());
        return new View(
                result.path("durationMs").asLong(),
                result.path("widthPx").asInt(),
                result.path("heightPx").asInt(),
                result.path("outputPath").asText(),
                playlists,
                details.film(),
                details.warnings().isEmpty() ? null : details.warnings());
    }

    private JsonNode read(String document) {
        try {
            return json.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the result of a transcode: " + document, e);
        }
    }
}

package routes.transcode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.api.jobs.JobResponses;
import routes.aws.PresignedLinks;
import routes.failure.ClientErrorException;
import routes.failure.InvalidField;
import routes.settings.Settings;

/** Links with which clients upload films to the bucket. */
@Component("uploadService")
@Conditional(TranscodeSwitch.class)
public class UploadService {
    /** Prefix of uploaded films. */
    static final String FOLDER = "uploads/";

    private static final int CREATED = 201;
    private static final int LONGEST_NAME = 100;

    private final ObjectMapper json;
    private final PresignedLinks links;
    private final long limit;

    UploadService(ObjectMapper json, @Qualifier("uploadLinks") PresignedLinks links, Settings settings) {
        this.json = json;
        this.links = links;
        this.limit = settings.transcode().uploadLimit();
    }

    /**
     * An upload that a client may make, as in the contract.
     *
     * @param headers to be sent with the content
     * @param inputFile key of the film once it is uploaded
     */
    public record Upload(String method, String url, Map<String, String> headers, String inputFile, Instant expiresAt) {}

    /**
     * @param body already validated against the contract
     * @throws ClientErrorException if the film is too large
     */
    public Upload read(@Body String body) throws JsonProcessingException {
        JsonNode root = json.readTree(body);
        long bytes = root.path("bytes").asLong();
        if (bytes > limit) {
            throw ClientErrorException.unprocessable(
                    new InvalidField("bytes", Long.toString(bytes), "at most " + limit));
        }
        String key = FOLDER + UlidCreator.getMonotonicUlid() + "/"
                + safe(root.path("name").asText());
        PresignedLinks.UploadLink link =
                links.upload(key, root.path("contentType").asText(), bytes);
        return new Upload("PUT", link.url(), link.headers(), key, link.expiresAt());
    }

    /** @return the end of the name without characters that keys, URLs or shells treat specially */
    private static String safe(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("\\.{2,}", ".");
        String end = plain.substring(Math.max(0, plain.length() - LONGEST_NAME));
        return end.replaceFirst("^[.-]", "_");
    }

    /** Responds with 201 and the link. */
    public void created(@Variable("upload") Upload upload, Message message) throws JsonProcessingException {
        JobResponses.answer(message, CREATED, json.writeValueAsString(upload));
    }
}

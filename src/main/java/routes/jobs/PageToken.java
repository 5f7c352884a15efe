package routes.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The position after a job in a list by creation time. It stays valid if jobs are added, or if the job itself is gone.
 *
 * @param jobId empty for the position before all jobs of that time
 * @param type of the job, in a list of open jobs; otherwise null
 */
public record PageToken(Instant createdAt, String jobId, String type) {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,15}):([A-Za-z0-9._-]{0,128})(?::([a-z][a-z0-9-]{0,40}))?");

    /** @return the position, or empty if the text is not a token */
    public static Optional<PageToken> parse(String text) {
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(text);
            Matcher parts = FORM.matcher(new String(decoded, StandardCharsets.UTF_8));
            return parts.matches()
                    ? Optional.of(new PageToken(
                            Instant.ofEpochMilli(Long.parseLong(parts.group(1))), parts.group(2), parts.group(3)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @return letters, digits, '-' and '_' */
    public String text() {
        String plain = createdAt.toEpochMilli() + ":" + jobId + (type == null ? "" : ":" + type);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** @return the position before all jobs that were created at this time or earlier */
    static PageToken at(Instant latest) {
        return new PageToken(latest, "", null);
    }

    /** @param item of an index, with its keys */
    static PageToken of(Map<String, AttributeValue> item) {
        return new PageToken(
                Instant.ofEpochMilli(Long.parseLong(item.get("asked").n())),
                item.get("jobId").s(),
                item.containsKey("open") ? item.get("open").s() : null);
    }
}

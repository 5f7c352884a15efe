package routes.aws;

import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Presigned links to objects of one bucket. They are created when they are requested, and never stored. */
public class PresignedLinks implements AutoCloseable {
    private static final String ANY_KEY = "key";

    private final S3Presigner presigner;
    private final AwsCredentialsProvider credentials;
    private final Clock clock;
    private final String bucket;
    private final Duration life;
    private final URI base;

    /**
     * @param s3 whose endpoint and region the links have
     * @param credentials that sign them
     * @param life of a link
     */
    PresignedLinks(S3Client s3, AwsCredentialsProvider credentials, Clock clock, String bucket, Duration life) {
        this.presigner = S3Presigner.builder().credentialsProvider(credentials).build();
        this.credentials = credentials;
        this.clock = clock;
        this.bucket = bucket;
        this.life = life;
        String object = s3.utilities()
                .getUrl(request -> request.bucket(bucket).key(ANY_KEY))
                .toString();
        this.base = URI.create(object.substring(0, object.length() - ANY_KEY.length()));
    }

    /** @param expiresAt end of the link's lifetime, or of the signing credentials if that is earlier */
    public record Link(String url, String key, Instant expiresAt) {}

    /** @return what all links begin with, ending in a slash */
    public URI base() {
        return base;
    }

    /** @param key of an object in the bucket, which need not exist */
    public Link to(String key) {
        return to(key, object -> {});
    }

    /**
     * @param key of an object in the bucket, which need not exist
     * @param fileName under which a browser saves it
     */
    public Link download(String key, String fileName) {
        String safe = fileName.replaceAll("[^A-Za-z0-9._-]", "_");
        return to(key, object -> object.responseContentDisposition("attachment; filename=\"" + safe + "\""));
    }

    private Link to(String key, Consumer<GetObjectRequest.Builder> more) {
        // signatures are valid for whole seconds
        Instant end = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(life);
        URL url = presigner
                .presignGetObject(request -> request.signatureDuration(life)
                        .getObjectRequest(
                                object -> more.accept(object.bucket(bucket).key(key))))
                .url();
        return new Link(url.toString(), key, end(end));
    }

    /**
     * @param url accepts one PUT of exactly these bytes with these headers
     * @param headers to be sent; {@code Content-Length} follows from the content
     */
    public record UploadLink(String url, Map<String, String> headers, Instant expiresAt) {}

    /**
     * @param key of the object to be stored
     * @param bytes its length, which S3 checks
     */
    public UploadLink upload(String key, String contentType, long bytes) {
        Instant end = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(life);
        URL url = presigner
                .presignPutObject(
                        request -> request.signatureDuration(life).putObjectRequest(object -> object.bucket(bucket)
                                .key(key)
                                .contentType(contentType)
                                .contentLength(bytes)))
                .url();
        return new UploadLink(url.toString(), Map.of("Content-Type", contentType), end(end));
    }

    /** @return the given time, or the end of the signing credentials if that is earlier */
    private Instant end(Instant life) {
        Instant credentialsEnd =
                credentials.resolveCredentials().expirationTime().orElse(life);
        return credentialsEnd.isBefore(life) ? credentialsEnd : life;
    }

    @Override
    public void close() {
        presigner.close();
    }
}

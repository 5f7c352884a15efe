package routes.jobs;

import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.ObjectsLeftException;
import routes.settings.Settings;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Requests that list and remove all objects below a prefix, 1000 at a time. See docs/decisions/0037. */
@Component("prefixRemoval")
public class PrefixRemoval {
    private final JobTypeRegistry types;
    private final String destination;

    PrefixRemoval(JobTypeRegistry types, Settings settings) {
        this.types = types;
        this.destination = settings.bucket().destination();
    }

    /**
     * @param keys of the current page, ascending
     * @param isOpen whether there may be objects that are not listed yet
     */
    public record Page(String bucket, String prefix, List<String> keys, boolean isOpen) {}

    /** @throws IllegalArgumentException if the prefix does not end in '/', which could match objects of other jobs */
    public Page first(@Body String prefix, @Variable("job") Job job) {
        if (prefix.length() < 2 || !prefix.endsWith("/")) {
            throw new IllegalArgumentException("not a prefix of a job: " + prefix);
        }
        String bucket = types.find(job).flatMap(JobType::bucket).orElse(destination);
        return new Page(bucket, prefix, List.of(), true);
    }

    /** @return the request of the next page */
    public ListObjectsRequest list(@ExchangeProperty("page") Page page) {
        return ListObjectsRequest.builder()
                .bucket(page.bucket())
                .prefix(page.prefix())
                .marker(
                        page.keys().isEmpty()
                                ? null
                                : page.keys().get(page.keys().size() - 1))
                .build();
    }

    /** @return the page; closed if it is empty */
    public Page listed(@ExchangeProperty("page") Page page, @Body List<S3Object> objects) {
        List<String> keys = objects.stream().map(S3Object::key).toList();
        return new Page(page.bucket(), page.prefix(), keys, !keys.isEmpty());
    }

    public DeleteObjectsRequest delete(@ExchangeProperty("page") Page page) {
        List<ObjectIdentifier> objects = page.keys().stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        return DeleteObjectsRequest.builder()
                .bucket(page.bucket())
                .delete(all -> all.objects(objects).quiet(true))
                .build();
    }

    /** @throws ObjectsLeftException if some were not removed */
    public void ensureRemoved(@ExchangeProperty("page") Page page, @Body DeleteObjectsResponse response) {
        ensureRemoved(page.prefix(), response);
    }

    /**
     * S3 answers 200 even if it removed none of the objects.
     *
     * @throws ObjectsLeftException if some were not removed
     */
    public static void ensureRemoved(String prefix, DeleteObjectsResponse response) {
        if (response.hasErrors() && !response.errors().isEmpty()) {
            throw new ObjectsLeftException(
                    prefix, response.errors().size(), response.errors().get(0).code());
        }
    }
}

package routes.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** An object store that reports stored objects as S3 does: one notification per object, with a form-encoded key. */
final class S3Notifications extends ForwardingBlobStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Consumer<String>> listeners = new ConcurrentHashMap<>();
    /** Later objects have higher numbers, in later processes too. */
    private final AtomicLong sequence = new AtomicLong(System.nanoTime());

    S3Notifications(BlobStore store) {
        super(store);
    }

    /** @param listener receives the notifications of a bucket, and first a test event */
    void listen(String bucket, Consumer<String> listener) {
        listeners.put(bucket, listener);
        listener.accept(JSON.createObjectNode()
                .put("Service", "Amazon S3")
                .put("Event", "s3:TestEvent")
                .put("Time", Instant.now().toString())
                .put("Bucket", bucket)
                .toString());
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        PutObjectResponse stored = super.putBlob(request, content);
        stored(request.bucket(), request.key(), "Put");
        return stored;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        CopyObjectResponse stored = super.copyBlob(request);
        stored(request.destinationBucket(), request.destinationKey(), "Copy");
        return stored;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse stored = super.completeMultipartUpload(upload, request);
        stored(request.bucket(), request.key(), "CompleteMultipartUpload");
        return stored;
    }

    private void stored(String bucket, String key, String how) {
        Consumer<String> listener = listeners.get(bucket);
        if (listener != null) {
            HeadObjectResponse object = blobMetadata(bucket, key);
            ObjectNode event = JSON.createObjectNode();
            ObjectNode root = event.putArray("Records").addObject();
            root.put("eventVersion", "2.1")
                    .put("eventSource", "aws:s3")
                    .put("awsRegion", LocalCloud.REGION)
                    .put("eventTime", Instant.now().toString())
                    .put("eventName", "ObjectCreated:" + how);
            ObjectNode s3 = root.putObject("s3").put("s3SchemaVersion", "1.0");
            s3.putObject("bucket").put("name", bucket).put("arn", "arn:aws:s3:::" + bucket);
            s3.putObject("object")
                    .put("key", encoded(key))
                    .put("size", object.contentLength())
                    .put("eTag", object.eTag().replace("\"", ""))
                    .put("sequencer", "%016X".formatted(sequence.incrementAndGet()));
            listener.accept(event.toString());
        }
    }

    /** S3 leaves slashes as they are. */
    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }
}

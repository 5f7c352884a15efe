package routes.support;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Counts requests to an object store. */
final class S3Traffic extends ForwardingBlobStore {
    /** Number of most recently read objects to keep; the cloud of a local run lives for days. */
    private static final int OBJECTS = 1000;

    private final LongAdder bytes = new LongAdder();
    private final Cache<String, List<Long>> reads =
            Caffeine.newBuilder().maximumSize(OBJECTS).build();

    /** Number of most recently written objects to keep: those of two streams of hours. */
    private static final int WRITTEN = 20_000;

    private final Cache<String, Integer> writes =
            Caffeine.newBuilder().maximumSize(WRITTEN).build();

    S3Traffic(BlobStore store) {
        super(store);
    }

    /** @return bytes of content that clients requested so far */
    long bytes() {
        return bytes.sum();
    }

    /** @return bytes of content returned by each GET of an object, in order */
    List<Long> reads(String key) {
        List<Long> found = reads.getIfPresent(key);
        return found == null ? List.of() : List.copyOf(found);
    }

    /** @return how often the object was stored */
    int writes(String key) {
        Integer times = writes.getIfPresent(key);
        return times == null ? 0 : times;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        PutObjectResponse stored = super.putBlob(request, content);
        writes.asMap().merge(request.key(), 1, Integer::sum);
        return stored;
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        ResponseInputStream<GetObjectResponse> content = super.getBlob(request);
        if (content != null) {
            long length = content.response().contentLength();
            bytes.add(length);
            reads.get(request.key(), key -> new CopyOnWriteArrayList<>()).add(length);
        }
        return content;
    }
}

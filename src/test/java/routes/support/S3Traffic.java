package routes.support;

import java.util.concurrent.atomic.LongAdder;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Counts what is asked of a store of objects. */
final class S3Traffic extends ForwardingBlobStore {
    private final LongAdder bytes = new LongAdder();

    S3Traffic(BlobStore store) {
        super(store);
    }

    /** @return bytes of content that were sent to clients so far, or at least asked for */
    long bytes() {
        return bytes.sum();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        ResponseInputStream<GetObjectResponse> content = super.getBlob(request);
        if (content != null) {
            bytes.add(content.response().contentLength());
        }
        return content;
    }
}

package routes.support;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** An object store that refuses to remove some objects, as S3 does with those that an object lock retains. */
final class S3Locks extends ForwardingBlobStore {
    private volatile String prefix;

    S3Locks(BlobStore store) {
        super(store);
    }

    /** @param locked prefix of the keys; null for none */
    void lock(String locked) {
        prefix = locked;
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        String locked = prefix;
        if (locked != null && request.key().startsWith(locked)) {
            AwsErrorDetails details = AwsErrorDetails.builder()
                    .errorCode("AccessDenied")
                    .errorMessage("Access Denied")
                    .build();
            throw S3Exception.builder().statusCode(403).awsErrorDetails(details).build();
        }
        return super.removeBlob(request);
    }
}

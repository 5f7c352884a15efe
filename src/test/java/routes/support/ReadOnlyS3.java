package routes.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects as credentials without permission to write see them. An upload is read to its end before it is refused:
 * a server that closes the connection earlier makes the client report a broken pipe instead of the refusal.
 */
final class ReadOnlyS3 extends ForwardingBlobStore {
    ReadOnlyS3(BlobStore whole) {
        super(whole);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        try {
            content.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw S3Exception.builder().statusCode(403).message("Access Denied").build();
    }
}

package routes.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Random;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A blob store that fails for a given share of calls. */
final class S3Faults {
    private final BlobStore whole;
    private double share;
    private Random random = new Random(0);

    S3Faults(BlobStore whole) {
        this.whole = whole;
    }

    BlobStore store() {
        return (BlobStore)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BlobStore.class}, this::call);
    }

    synchronized void share(double faulty, Random seeded) {
        share = faulty;
        random = seeded;
    }

    private synchronized boolean isNextFaulty() {
        return share > 0 && random.nextDouble() < share;
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (isNextFaulty() && !method.getName().equals("close")) {
            throw S3Exception.builder()
                    .statusCode(503)
                    .message("injected failure")
                    .build();
        }
        try {
            return method.invoke(whole, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

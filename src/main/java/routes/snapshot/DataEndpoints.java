package routes.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoClient;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideo.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.endpoints.KinesisVideoArchivedMediaEndpointProvider;

/** The endpoints of the data of streams. Each is asked for once, and once more after a call to it failed. */
@Component
class DataEndpoints {
    private static final int MOST = 1000;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private record Key(String stream, APIName api) {}

    private final Cache<Key, KinesisVideoArchivedMediaEndpointProvider> known =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final KinesisVideoClient client;
    private final Throttling throttling;

    DataEndpoints(@Lazy KinesisVideoClient client, Throttling throttling) {
        this.client = client;
        this.throttling = throttling;
    }

    /**
     * Calls with the endpoint of a stream.
     *
     * @param call to that endpoint
     * @throws NoSnapshotException if there is no such stream
     */
    <T> T call(String stream, APIName api, Function<KinesisVideoArchivedMediaEndpointProvider, T> call) {
        Key key = new Key(stream, api);
        KinesisVideoArchivedMediaEndpointProvider cached = known.getIfPresent(key);
        KinesisVideoArchivedMediaEndpointProvider endpoint = cached == null ? ask(key) : cached;
        try {
            return throttling.retry(() -> call.apply(endpoint));
        } catch (AwsServiceException | SdkClientException e) {
            if (!mayHaveMoved(e)) {
                throw e;
            }
            known.invalidate(key);
            if (cached == null) {
                throw e;
            }
            KinesisVideoArchivedMediaEndpointProvider current = ask(key);
            return throttling.retry(() -> call.apply(current));
        }
    }

    private static boolean mayHaveMoved(RuntimeException failure) {
        if (failure instanceof AwsServiceException aws) {
            return aws.statusCode() == UNAUTHORIZED || aws.statusCode() == FORBIDDEN || aws.statusCode() == NOT_FOUND;
        }
        return !(failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException
                || failure instanceof AbortedException);
    }

    private KinesisVideoArchivedMediaEndpointProvider ask(Key key) {
        try {
            String address = throttling.retry(
                    () -> client.getDataEndpoint(r -> r.streamName(key.stream).apiName(key.api))
                            .dataEndpoint());
            Endpoint endpoint = Endpoint.builder().url(URI.create(address)).build();
            KinesisVideoArchivedMediaEndpointProvider provider =
                    parameters -> CompletableFuture.completedFuture(endpoint);
            known.put(key, provider);
            return provider;
        } catch (ResourceNotFoundException e) {
            throw NoSnapshotException.unknownStream(key.stream);
        }
    }
}

package routes.snapshot;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Repeats a throttled call to Kinesis Video once; the clients do not. */
@Component
class Throttling {
    private static final int LEAST_MILLIS = 200;
    private static final int MOST_MILLIS = 400;

    <T> T retry(Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            if (!SnapshotFailures.isThrottled(e)) {
                throw e;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(LEAST_MILLIS, MOST_MILLIS + 1));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw e;
            }
            return call.get();
        }
    }
}

package routes.jobs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import routes.failure.WorkTimedOutException;

/** Work with a timeout, such as that of an HTTP request. */
public final class TimedWork implements WorkControl, AutoCloseable {
    private final StopSignal stop = new StopSignal();
    private final CompletableFuture<Void> timeout;

    /** @param time from now on */
    public TimedWork(Duration time) {
        Executor later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
        this.timeout = CompletableFuture.runAsync(() -> stop.send(new WorkTimedOutException(time)), later);
    }

    @Override
    public void ensureHeld() {
        stop.ensureNotSent();
    }

    @Override
    public void onStop(Runnable action) {
        stop.onSent(action);
    }

    @Override
    public void reached(int percent) {
        // the caller gets only the result
    }

    /** The work has ended and can no longer be stopped. */
    @Override
    public void close() {
        timeout.cancel(false);
    }
}

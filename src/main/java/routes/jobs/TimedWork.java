package routes.jobs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import routes.failure.WorkTimedOutException;

/** Work for somebody who waits, such as an HTTP request: it ends when the time is over. */
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
        // whoever waits is told the result only
    }

    /** The work has ended: nothing is stopped any more. */
    @Override
    public void close() {
        timeout.cancel(false);
    }
}

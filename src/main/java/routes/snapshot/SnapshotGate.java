package routes.snapshot;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.ServiceStoppingException;
import routes.failure.WorkTimedOutException;
import routes.jobs.TimedWork;
import routes.settings.Settings;

/**
 * Limits the snapshots that are taken at once; none waits for a worker. Equal requests share one outcome, while it is
 * made and for a while afterwards.
 * See docs/decisions/0036.
 */
@Component("snapshotGate")
public class SnapshotGate {
    static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ConcurrentHashMap<SnapshotRequest, CompletableFuture<Snapshot>> outcomes = new ConcurrentHashMap<>();
    private final Semaphore workers;
    private final Duration reuse;

    SnapshotGate(Settings settings) {
        this.workers = new Semaphore(settings.snapshot().workers());
        this.reuse = Duration.ofSeconds(settings.snapshot().reuse());
    }

    /**
     * @param earlier turn of the same request, whose deadline counts; null for the first one
     * @return the turn that takes the snapshot, or one that waits for the outcome of an equal request
     * @throws ClientErrorException if all workers are busy
     */
    public SnapshotTurn enter(@Variable("request") SnapshotRequest request, @Variable("turn") SnapshotTurn earlier) {
        CompletableFuture<Snapshot> own = new CompletableFuture<>();
        CompletableFuture<Snapshot> shared =
                outcomes.computeIfAbsent(request.shared(), key -> workers.tryAcquire() ? own : null);
        if (shared == null) {
            throw ClientErrorException.tooMany("all workers for snapshots are busy", SOON);
        }
        long deadline = earlier == null ? System.nanoTime() + LONGEST.toNanos() : earlier.deadline();
        return new SnapshotTurn(shared, shared == own, deadline);
    }

    /** @return limits the time of the work */
    public TimedWork limit() {
        return new TimedWork(LONGEST);
    }

    /** @return whether the client does not have the picture of the frame that was found */
    public boolean isNew(@Variable("request") SnapshotRequest request, @Variable("source") FrameSource source) {
        return !source.isKnown(request.known());
    }

    /** Gives the failure to all turns. */
    public void fail(@Variable("turn") SnapshotTurn turn, @ExchangeProperty("failure") Exception failure) {
        turn.outcome().completeExceptionally(failure);
    }

    /**
     * Ends the work, and gives its outcome to all turns.
     *
     * @param snapshot null if it failed
     */
    public void leave(
            @Variable("request") SnapshotRequest request,
            @Variable("turn") SnapshotTurn turn,
            @Variable("work") TimedWork work,
            @Variable("snapshot") Snapshot snapshot) {
        if (work != null) {
            work.close();
        }
        workers.release();
        if (snapshot != null && snapshot.picture() == null) {
            // nobody else can use it
            forget(request, turn);
        }
        if (snapshot != null) {
            turn.outcome().complete(snapshot);
        }
        Executor later = CompletableFuture.delayedExecutor(reuse.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> forget(request, turn));
    }

    private void forget(SnapshotRequest request, SnapshotTurn turn) {
        outcomes.computeIfPresent(request.shared(), (key, current) -> current == turn.outcome() ? null : current);
    }

    /**
     * @return the snapshot, at the latest 10 s after the request entered; null if it has no picture, since an equal
     *     request came with its ETag
     * @throws WorkTimedOutException if it is not ready then; an equal request that follows is taken anew
     */
    public Snapshot outcome(@Variable("request") SnapshotRequest request, @Variable("turn") SnapshotTurn turn)
            throws Exception {
        try {
            Snapshot snapshot =
                    turn.outcome().get(Math.max(0, turn.deadline() - System.nanoTime()), TimeUnit.NANOSECONDS);
            boolean isUsable = snapshot.picture() != null || !isNew(request, snapshot.source());
            return isUsable ? snapshot : null;
        } catch (TimeoutException e) {
            WorkTimedOutException timeout = new WorkTimedOutException(LONGEST);
            if (turn.isFirst()) {
                turn.outcome().completeExceptionally(timeout);
                forget(request, turn);
            }
            throw timeout;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceStoppingException("of a snapshot");
        }
    }
}

package routes.snapshot;

import java.util.concurrent.CompletableFuture;

/**
 * The part of one request in a snapshot.
 *
 * @param outcome of all equal requests
 * @param isFirst whether this request takes the snapshot; the others wait
 * @param deadline of this request, in the time of {@link System#nanoTime()}
 */
public record SnapshotTurn(CompletableFuture<Snapshot> outcome, boolean isFirst, long deadline) {}

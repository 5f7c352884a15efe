package routes.jobs;

import java.time.Duration;
import routes.failure.WorkStoppedException;

/** Controls running work: whether it may continue, and its progress. */
public interface WorkControl {
    /** @throws WorkStoppedException if the work must end */
    void ensureHeld();

    /** @param action ends the work; called immediately if it was stopped before */
    void onStop(Runnable action);

    /** @param percent 0 to 100; a lower one than before changes nothing */
    void reached(int percent);

    /**
     * Allows the work to go on at least that long, beyond its present limit. A limit that a client waits for stays.
     *
     * @param time from now on
     */
    default void allow(Duration time) {}
}

package routes.jobs;

import routes.failure.WorkStoppedException;

/** Controls running work: whether it may continue, and its progress. */
public interface WorkControl {
    /** @throws WorkStoppedException if the work must end */
    void ensureHeld();

    /** @param action ends the work; called immediately if it was stopped before */
    void onStop(Runnable action);

    /** @param percent 0 to 100; a lower one than before changes nothing */
    void reached(int percent);
}

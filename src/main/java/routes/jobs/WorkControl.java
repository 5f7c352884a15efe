package routes.jobs;

import routes.failure.WorkStoppedException;

/** Controls a piece of work: it is asked whether to go on, and told how far the work is. */
public interface WorkControl {
    /** @throws WorkStoppedException when the work must end */
    void ensureHeld();

    /** @param action ends what runs; called at once where the work was stopped before */
    void onStop(Runnable action);

    /** @param percent 0 to 100; lower than before changes nothing */
    void reached(int percent);
}

package routes.jobs;

import java.util.ArrayList;
import java.util.List;
import routes.failure.WorkStoppedException;

/** Tells what runs for a piece of work that it must end, once. */
final class StopSignal {
    private final List<Runnable> actions = new ArrayList<>();
    private WorkStoppedException reason;

    /** @throws WorkStoppedException when it was sent */
    synchronized void ensureNotSent() {
        if (reason != null) {
            throw reason;
        }
    }

    /** @param action called at once where the signal was sent before */
    void onSent(Runnable action) {
        synchronized (this) {
            if (reason == null) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** The first reason stays. */
    void send(WorkStoppedException why) {
        List<Runnable> toRun;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            toRun = List.copyOf(actions);
        }
        toRun.forEach(Runnable::run);
    }
}

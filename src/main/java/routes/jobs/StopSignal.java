package routes.jobs;

import java.util.ArrayList;
import java.util.List;
import routes.failure.WorkStoppedException;

/** Signals running work once that it must end. */
final class StopSignal {
    private final List<Runnable> actions = new ArrayList<>();
    private WorkStoppedException reason;

    /** @throws WorkStoppedException if the signal was sent */
    synchronized void ensureNotSent() {
        if (reason != null) {
            throw reason;
        }
    }

    /** @param action called immediately if the signal was sent before */
    void onSent(Runnable action) {
        synchronized (this) {
            if (reason == null) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** The first reason is kept. */
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

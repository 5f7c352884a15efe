package routes.transcode.hls;

import java.util.ArrayList;
import java.util.List;
import routes.failure.ServiceStoppingException;
import routes.jobs.WorkControl;

/** Work without a lease. It may stop, or something may happen, once it has reached a percentage. */
final class FreeWork implements WorkControl {
    private final int percent;
    private final Runnable then;
    private final List<Integer> reached = new ArrayList<>();
    private final List<Runnable> onStop = new ArrayList<>();
    private boolean stopped;

    private FreeWork(int percent, Runnable then) {
        this.percent = percent;
        this.then = then;
    }

    static FreeWork undisturbed() {
        return new FreeWork(Integer.MAX_VALUE, () -> {});
    }

    /** @param then happens once, as soon as that much is reached */
    static FreeWork at(int percent, Runnable then) {
        return new FreeWork(percent, then);
    }

    /** The service is told to stop as soon as that much is reached. */
    static FreeWork stoppedAt(int percent) {
        return new FreeWork(percent, null);
    }

    @Override
    public synchronized void ensureHeld() {
        if (stopped) {
            throw new ServiceStoppingException("job-1");
        }
    }

    @Override
    public synchronized void onStop(Runnable action) {
        onStop.add(action);
    }

    @Override
    public synchronized void reached(int now) {
        boolean first = reached.stream().noneMatch(before -> before >= percent);
        reached.add(now);
        if (first && now >= percent && then != null) {
            then.run();
        } else if (first && now >= percent) {
            stopped = true;
            onStop.forEach(Runnable::run);
        }
    }

    synchronized List<Integer> reached() {
        return List.copyOf(reached);
    }
}

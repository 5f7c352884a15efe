package routes.jobs;

import java.time.Instant;
import routes.failure.WorkStoppedException;

/** This process's lease of one job: its progress, and whether work on it must stop. */
public final class Lease implements WorkControl {
    private final StopSignal stop = new StopSignal();
    private final Instant overdue;
    private Job job;
    private int progress;
    private String step;

    Lease(Job job, Instant overdue) {
        this.job = job;
        this.progress = job.progress();
        this.step = job.step();
        this.overdue = overdue;
    }

    /** @return the job as last written */
    public synchronized Job job() {
        return job;
    }

    /** Keeps the job as last written. */
    public synchronized void written(Job newer) {
        this.job = newer;
    }

    /** @return 0 to 100 */
    public synchronized int progress() {
        return progress;
    }

    /** @return last finished step, or null */
    public synchronized String step() {
        return step;
    }

    @Override
    public synchronized void reached(int percent) {
        progress = Math.max(progress, Math.min(percent, 100));
    }

    /**
     * @param percent a lower one than before changes nothing
     * @param done last finished step
     */
    public synchronized void reached(int percent, String done) {
        reached(percent);
        step = done;
    }

    boolean isOverdue(Instant now) {
        return now.isAfter(overdue);
    }

    @Override
    public void ensureHeld() {
        stop.ensureNotSent();
    }

    @Override
    public void onStop(Runnable action) {
        stop.onSent(action);
    }

    /** Stops the work; the first reason is kept. */
    public void stop(WorkStoppedException why) {
        stop.send(why);
    }
}

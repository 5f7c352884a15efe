package routes.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import routes.failure.WorkStoppedException;

/** This process's lease of one job: its progress, and whether work on it must stop. */
public final class Lease implements WorkControl {
    private final StopSignal stop = new StopSignal();
    private final Object writing = new Object();
    private final Clock clock;
    private final StepLog steps;
    private Job job;
    private Instant overdue;
    private int progress;
    private String step;

    /** @param order names of the steps that the job's type reports */
    Lease(Job job, List<String> order, Clock clock, Instant overdue) {
        this.job = job;
        this.steps = new StepLog(job.steps(), order);
        this.clock = clock;
        this.progress = job.progress();
        this.step = job.step();
        this.overdue = overdue;
    }

    /** @return the job as last written */
    public synchronized Job job() {
        return job;
    }

    /** @return the job as last written, with its current steps */
    public synchronized Job current() {
        return job.with(steps.steps());
    }

    /** @return a monitor for writes of progress by several threads */
    Object writing() {
        return writing;
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
     * @param done last finished step: its name, and what it found after a colon
     */
    public synchronized void reached(int percent, String done) {
        reached(percent);
        step = done;
        steps.reached(done.split(":", 2)[0].strip(), clock.instant());
    }

    /** @param error public reason for which the running step failed */
    public synchronized void failed(String error) {
        steps.fail(error, clock.instant());
    }

    /** The job is about to wait. */
    public synchronized void waits() {
        steps.await(clock.instant());
    }

    /** No step follows. */
    public synchronized void ended() {
        steps.end();
    }

    @Override
    public synchronized void allow(Duration time) {
        Instant later = clock.instant().plus(time);
        overdue = later.isAfter(overdue) ? later : overdue;
    }

    synchronized boolean isOverdue(Instant now) {
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

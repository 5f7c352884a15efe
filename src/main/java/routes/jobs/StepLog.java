package routes.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of one run of a job, in the order in which they first started. At most one step runs. A step that runs
 * again keeps its place, its number of tries and its last failure.
 */
final class StepLog {
    static final String OPENED = "opened";
    static final String WAITING = "waiting";
    /** The running step of a type that does not name its steps. */
    private static final String UNNAMED = "in progress";

    private static final String INTERRUPTED = "the process that worked on it stopped";
    private static final int MOST = 30;

    private final List<JobStep> steps;
    private final List<String> order;
    /** The running step as it was before; null if it started for the first time. */
    private JobStep before;

    /** @param order names of the steps that the job's type reports */
    StepLog(List<JobStep> steps, List<String> order) {
        this.steps = new ArrayList<>(steps);
        this.order = order;
    }

    /** @return the steps of a job that no process has worked on */
    static List<JobStep> ofNew(Instant createdAt) {
        return List.of(JobStep.started(OPENED, createdAt));
    }

    /**
     * @param job as it was before
     * @return its steps when a process takes it: a step that another process left running has failed
     */
    static List<JobStep> taken(Job job, Instant now) {
        return taken(job.steps(), job.status() == JobStatus.ANNOUNCING, now);
    }

    /** @param isDecided whether the job goes on with its publication */
    static List<JobStep> taken(List<JobStep> steps, boolean isDecided, Instant now) {
        StepLog log = new StepLog(steps, List.of());
        int running = log.running();
        String name = running < 0 ? "" : log.steps.get(running).name();
        if (name.equals(WAITING)) {
            log.steps.set(running, log.steps.get(running).ended(now));
        } else if (running >= 0 && !name.equals(OPENED)) {
            log.fail(INTERRUPTED, now);
        }
        if (!name.equals(OPENED) && !isDecided) {
            log.begin(OPENED, now);
        }
        return log.steps();
    }

    List<JobStep> steps() {
        return List.copyOf(steps);
    }

    /**
     * The running step has ended, and the next one starts.
     *
     * @param name of the ended step, which may differ from the expected one
     */
    void reached(String name, Instant now) {
        int running = running();
        String expected = running < 0 ? UNNAMED : steps.get(running).name();
        if (running < 0 || !expected.equals(name)) {
            begin(name, running < 0 ? now : steps.get(running).startedAt());
            running = running();
        }
        steps.set(running, steps.get(running).ended(now));
        String next = after(name, expected);
        if (next != null) {
            begin(next, now);
        }
    }

    /** @return null if it is the last one */
    private String after(String name, String expected) {
        int at = order.indexOf(name);
        if (at < 0) {
            return order.contains(expected) ? expected : UNNAMED;
        }
        return at + 1 < order.size() ? order.get(at + 1) : null;
    }

    /** @param error public reason */
    void fail(String error, Instant now) {
        int running = running();
        if (running >= 0) {
            steps.set(running, steps.get(running).failed(now, error));
        }
    }

    /** The job is released until footage or another condition may hold. */
    void await(Instant now) {
        begin(WAITING, now);
    }

    /** No step follows. */
    void end() {
        dropRunning();
    }

    /** Starts a step in place of the expected one, if that runs. */
    private void begin(String name, Instant since) {
        dropRunning();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(name)) {
                before = steps.get(i);
                steps.set(i, before.again(since));
                return;
            }
        }
        before = null;
        if (steps.size() == MOST) {
            steps.remove(0);
        }
        steps.add(JobStep.started(name, since));
    }

    /** The running step was only expected. */
    private void dropRunning() {
        int running = running();
        if (running >= 0 && before != null) {
            steps.set(running, before);
        } else if (running >= 0) {
            steps.remove(running);
        }
    }

    private int running() {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).isRunning()) {
                return i;
            }
        }
        return -1;
    }
}

package routes.media;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import routes.jobs.Lease;

/** One job's folder, and the thread between what runs in it and the job's lease. Programs see names, never paths. */
public final class Workspace {
    private final Path folder;
    private final Lease lease;
    private long reserved;
    private final AtomicLong done = new AtomicLong();
    private volatile long expected;
    private volatile int firstPercent;
    private volatile int lastPercent;

    Workspace(Path folder, Lease lease) {
        this.folder = folder;
        this.lease = lease;
    }

    public Path folder() {
        return folder;
    }

    /** @return the folder as text: Camel would turn a path into the content of what it names */
    public String directory() {
        return folder.toString();
    }

    /** @param name of a file in this folder, not a path */
    public Path file(String name) {
        if (!name.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9]+)?")) {
            throw new IllegalArgumentException("not a plain file name: " + name);
        }
        return folder.resolve(name);
    }

    /**
     * Tells what the progress of the next piece of work is measured against.
     *
     * @param amount of bytes, or of milliseconds of video; 0 where it is not known
     */
    public void expect(long amount, int fromPercent, int toPercent) {
        done.set(0);
        expected = amount;
        firstPercent = fromPercent;
        lastPercent = toPercent;
    }

    /** @param amount done since the last call, in the unit of what is expected */
    public void progressed(long amount) {
        report(done.addAndGet(amount));
    }

    void reached(Duration output) {
        done.set(output.toMillis());
        report(output.toMillis());
    }

    private void report(long amount) {
        if (expected > 0) {
            double share = Math.min(1, (double) amount / expected);
            lease.reached(firstPercent + (int) (share * (lastPercent - firstPercent)));
        }
    }

    /** @throws routes.failure.WorkStopped when this process may not go on with the job */
    public void ensureHeld() {
        lease.ensureHeld();
    }

    void onStop(Runnable action) {
        lease.onStop(action);
    }

    long reserved() {
        return reserved;
    }

    void reserve(long bytes) {
        reserved = bytes;
    }
}

package routes.media;

import java.nio.file.Path;
import java.time.Duration;
import routes.jobs.Lease;

/** One job's folder, and the thread between what runs in it and the job's lease. Programs see names, never paths. */
public final class Workspace {
    private final Path folder;
    private final Lease lease;
    private long reserved;
    private volatile Duration expected = Duration.ZERO;
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

    /** Tells what the next program's progress is measured against. */
    public void expect(Duration output, int fromPercent, int toPercent) {
        expected = output;
        firstPercent = fromPercent;
        lastPercent = toPercent;
    }

    void progressed(Duration output) {
        if (!expected.isZero()) {
            double done = Math.min(1, (double) output.toMillis() / expected.toMillis());
            lease.reached(firstPercent + (int) (done * (lastPercent - firstPercent)));
        }
    }

    void ensureHeld() {
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

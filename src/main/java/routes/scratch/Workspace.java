package routes.scratch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import routes.jobs.Stage;
import routes.jobs.WorkControl;

/** The folder of one piece of work, and what controls the work done in it. Programs see names, never paths. */
public final class Workspace {
    private static final String RECORDING = "recording-";

    private final Path folder;
    private final WorkControl control;
    private volatile long reserved;
    private volatile long roomToWrite;
    private final AtomicLong done = new AtomicLong();
    private volatile long finished;
    private volatile long expected;
    private volatile int firstPercent;
    private volatile int lastPercent;

    Workspace(Path folder, WorkControl control) {
        this.folder = folder;
        this.control = control;
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
    public void expect(long amount, Stage from, Stage to) {
        done.set(0);
        finished = 0;
        expected = amount;
        firstPercent = from.percent();
        lastPercent = to.percent();
    }

    /** @param amount done since the last call, in the unit of what is expected */
    public void progressed(long amount) {
        report(done.addAndGet(amount));
    }

    /** @param output of the process that runs now */
    public void reached(Duration output) {
        done.set(finished + output.toMillis());
        report(done.get());
    }

    /** What is done next counts from what was done so far. */
    public void finishedPart() {
        finished = done.get();
    }

    private void report(long amount) {
        if (expected > 0) {
            double share = Math.min(1, (double) amount / expected);
            control.reached(firstPercent + (int) (share * (lastPercent - firstPercent)));
        }
    }

    /** @throws routes.failure.WorkStoppedException when this process may not go on with the job */
    public void ensureHeld() {
        control.ensureHeld();
    }

    public void onStop(Runnable action) {
        control.onStop(action);
    }

    long reserved() {
        return reserved;
    }

    /**
     * @param bytes of disk for the whole job
     * @param toWrite of them for what is not fetched
     */
    void reserve(long bytes, long toWrite) {
        reserved = bytes;
        roomToWrite = toWrite;
    }

    /** @return of what is reserved, bytes for what is not fetched */
    long roomToWrite() {
        return roomToWrite;
    }

    /** @return bytes of all files here but the recordings, which are sparse and were reserved for one by one */
    long written() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Workspace::isWritten)) {
            for (Path file : files) {
                // 0 for one that is gone meanwhile
                bytes += file.toFile().length();
            }
        }
        return bytes;
    }

    private static boolean isWritten(Path file) {
        return !file.getFileName().toString().startsWith(RECORDING);
    }

    /** @return the file of the recording with such an index */
    public Path recording(int index) {
        return file(RECORDING + index + ".mp4");
    }
}

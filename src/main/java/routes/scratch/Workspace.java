package routes.scratch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import routes.jobs.Stage;
import routes.jobs.WorkControl;

/** The folder of one attempt at a job, and the control of its work. Programs get file names, never paths. */
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
    private volatile Duration timeOfPrograms = Duration.ZERO;
    private volatile RuntimeException abandoned;

    Workspace(Path folder, WorkControl control) {
        this.folder = folder;
        this.control = control;
    }

    public Path folder() {
        return folder;
    }

    /** @return the folder as text: Camel converts a {@code Path} to the content of its file */
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
     * Starts progress reporting for the next step.
     *
     * @param amount expected bytes, or milliseconds of video; 0 if not known
     */
    public void expect(long amount, Stage from, Stage to) {
        done.set(0);
        finished = 0;
        expected = amount;
        firstPercent = from.percent();
        lastPercent = to.percent();
    }

    /** @param amount done since the last call, in the unit of {@link #expect} */
    public void progressed(long amount) {
        report(done.addAndGet(amount));
    }

    /** @param output duration of the media that the current process has written */
    public void reached(Duration output) {
        done.set(finished + output.toMillis());
        report(done.get());
    }

    /** Marks the progress so far as the base for the next process. */
    public void finishedPart() {
        finished = done.get();
    }

    private void report(long amount) {
        if (expected > 0) {
            double share = Math.min(1, (double) amount / expected);
            control.reached(firstPercent + (int) (share * (lastPercent - firstPercent)));
        }
    }

    /**
     * @throws routes.failure.WorkStoppedException if this process must stop its work on the job
     * @throws RuntimeException that of {@link #abandon}
     */
    public void ensureHeld() {
        control.ensureHeld();
        RuntimeException why = abandoned;
        if (why != null) {
            throw why;
        }
    }

    /**
     * Ends the programs in this workspace, since a step that runs at the same time has failed.
     *
     * @param why thrown by {@link #ensureHeld} from now on; null to go on
     */
    public void abandon(RuntimeException why) {
        abandoned = why;
    }

    /**
     * Allows long work.
     *
     * @param time that the job, and each program in this workspace, may take at least
     */
    public void allow(Duration time) {
        timeOfPrograms = time;
        control.allow(time);
    }

    /** @return time that a program may take even if the deadline of all programs is shorter */
    public Duration timeOfPrograms() {
        return timeOfPrograms;
    }

    public void onStop(Runnable action) {
        control.onStop(action);
    }

    long reserved() {
        return reserved;
    }

    /**
     * @param bytes for the whole job
     * @param toWrite part of them for files other than fetched recordings
     */
    void reserve(long bytes, long toWrite) {
        reserved = bytes;
        roomToWrite = toWrite;
    }

    /** @return reserved bytes for files other than fetched recordings */
    long roomToWrite() {
        return roomToWrite;
    }

    /** @return bytes of all files except recordings, which are sparse and have their own reservation */
    long written() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Workspace::isWritten)) {
            for (Path file : files) {
                // 0 if the file was deleted in the meantime
                bytes += file.toFile().length();
            }
        }
        return bytes;
    }

    private static boolean isWritten(Path file) {
        return !file.getFileName().toString().startsWith(RECORDING);
    }

    /** @param index of the recording, from 0 */
    public Path recording(int index) {
        return file(RECORDING + index + ".mp4");
    }
}

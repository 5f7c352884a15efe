package routes.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import routes.failure.ScratchFullException;
import routes.jobs.WorkControl;
import routes.settings.Settings;

/** Creates and removes the workspaces of jobs, and reserves their scratch space. */
@Component("scratchSpace")
public class ScratchSpace {
    /** Minimum bytes by which a reservation grows, if that many are free. */
    private static final long STEP = 64L << 20;

    private final Map<Path, Workspace> open = new ConcurrentHashMap<>();
    private final ScratchFolder scratch;
    private final long limit;

    public ScratchSpace(ScratchFolder scratch, Settings settings) {
        this.scratch = scratch;
        this.limit = settings.media().scratchLimit() == 0
                ? Long.MAX_VALUE
                : settings.media().scratchLimit();
    }

    /**
     * @param name prefix of the folder name
     * @param control of the work in the workspace
     * @return a workspace with an empty folder
     */
    public Workspace open(@Simple("${variable.job.id}") String name, @Variable("work") WorkControl control)
            throws IOException {
        Workspace workspace = new Workspace(Files.createTempDirectory(scratch.path(), name + "-"), control);
        open.put(workspace.folder(), workspace);
        return workspace;
    }

    /**
     * Reserves the space for all files of a job, all or nothing.
     *
     * @param needed bytes for the whole job
     * @param fetched bytes of it for fetched ranges
     * @throws ScratchFullException if the free disk space or the limit, less the reservations of this process, is too
     *     small
     */
    public synchronized void reserve(
            @Variable("workspace") Workspace workspace,
            @Simple("${variable.fetch.room}") long needed,
            @Simple("${variable.fetch.bytes}") long fetched) {
        long free = free();
        if (needed > free) {
            throw new ScratchFullException(
                    "the job needs " + needed + " bytes of scratch space, " + free + " are free");
        }
        workspace.reserve(needed, needed - fetched);
    }

    /**
     * Adds to the reservation of a job.
     *
     * @param bytes that programs will write
     * @throws ScratchFullException if not enough space is free
     */
    public synchronized void reserveOutput(Workspace workspace, long bytes) {
        long free = free();
        if (bytes > free) {
            throw new ScratchFullException(
                    "the job needs " + bytes + " more bytes of scratch space, " + free + " are free");
        }
        workspace.reserve(workspace.reserved() + bytes, workspace.roomToWrite() + bytes);
    }

    /**
     * Enlarges the reservation if a program writes more than expected.
     *
     * @throws ScratchFullException if not enough space is free
     */
    public synchronized void reserveMore(Workspace workspace) throws IOException {
        long lacking = workspace.written() - workspace.roomToWrite();
        if (lacking > 0) {
            long free = free();
            if (lacking > free) {
                throw new ScratchFullException(
                        "the job lacks " + lacking + " bytes of scratch space for its output, " + free + " are free");
            }
            long more = Math.max(lacking, Math.min(STEP, free));
            workspace.reserve(workspace.reserved() + more, workspace.roomToWrite() + more);
        }
    }

    /** @return bytes reserved by all jobs of this process */
    long reserved() {
        return open.values().stream().mapToLong(Workspace::reserved).sum();
    }

    /** @return bytes available to further reservations */
    long free() {
        return Math.min(scratch.path().toFile().getUsableSpace(), limit) - reserved();
    }

    public Workspace at(Path folder) {
        Workspace workspace = open.get(folder);
        if (workspace == null) {
            throw new IllegalArgumentException("not the folder of a job: " + folder);
        }
        return workspace;
    }

    /** @param workspace null if the exchange opened none */
    public void remove(@Variable("workspace") Workspace workspace) throws IOException {
        if (workspace != null) {
            FileSystemUtils.deleteRecursively(workspace.folder());
            open.remove(workspace.folder());
        }
    }
}

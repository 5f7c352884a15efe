package routes.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import routes.Settings;
import routes.failure.LeaseLost;
import routes.failure.ScratchFull;
import routes.jobs.Job;
import routes.jobs.Leases;

/** The folders in which jobs are worked on: made for a job, sized before it is filled, removed after it. */
@Component("workspaces")
public class Workspaces {
    /** Bytes by which a job's room grows at least, while there are so many. */
    private static final long STEP = 64L << 20;

    private final Map<Path, Workspace> open = new ConcurrentHashMap<>();
    private final ScratchFolder scratch;
    private final Leases leases;
    private final long limit;

    Workspaces(ScratchFolder scratch, Leases leases, Settings settings) {
        this.scratch = scratch;
        this.leases = leases;
        this.limit = settings.media().scratchLimit() == 0
                ? Long.MAX_VALUE
                : settings.media().scratchLimit();
    }

    /** @return an empty folder for a job that this process holds */
    public Workspace open(@Variable("job") Job job) throws IOException {
        var lease = leases.of(job).orElseThrow(() -> new LeaseLost(job.id()));
        Workspace workspace = new Workspace(Files.createTempDirectory(scratch.path(), job.id() + "-"), lease);
        open.put(workspace.folder(), workspace);
        return workspace;
    }

    /**
     * Sets room aside for all that a job will write, at once or not at all.
     *
     * @throws ScratchFull when the disk, or the limit set for it, has no such room beside what other jobs of this process set aside
     */
    public synchronized void reserve(@Variable("workspace") Workspace workspace, @Variable("fetch") FetchPlan fetch) {
        long needed = fetch.room();
        long free = free();
        if (needed > free) {
            throw new ScratchFull("the job needs " + needed + " bytes of scratch space, " + free + " are free");
        }
        workspace.reserve(needed, needed - fetch.bytes());
    }

    /**
     * Sets more room aside where a program writes more than was expected of the job.
     *
     * @throws ScratchFull when there is no more
     */
    synchronized void makeRoom(Workspace workspace) throws IOException {
        long lacking = workspace.written() - workspace.roomToWrite();
        if (lacking > 0) {
            long free = free();
            if (lacking > free) {
                throw new ScratchFull("the job lacks " + lacking + " bytes of scratch space for what it writes, " + free
                        + " are free");
            }
            long more = Math.max(lacking, Math.min(STEP, free));
            workspace.reserve(workspace.reserved() + more, workspace.roomToWrite() + more);
        }
    }

    /** @return bytes that are set aside for all jobs */
    long reserved() {
        return open.values().stream().mapToLong(Workspace::reserved).sum();
    }

    /** @return bytes that could still be set aside */
    long free() {
        return Math.min(scratch.path().toFile().getUsableSpace(), limit) - reserved();
    }

    Workspace at(Path folder) {
        Workspace workspace = open.get(folder);
        if (workspace == null) {
            throw new IllegalArgumentException("not the folder of a job: " + folder);
        }
        return workspace;
    }

    /** @param workspace null where the exchange made none */
    public void remove(@Variable("workspace") Workspace workspace) throws IOException {
        if (workspace != null) {
            FileSystemUtils.deleteRecursively(workspace.folder());
            open.remove(workspace.folder());
        }
    }
}

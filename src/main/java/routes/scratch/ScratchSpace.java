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

/** The folders in which jobs are worked on: made for a job, sized before it is filled, removed after it. */
@Component("scratchSpace")
public class ScratchSpace {
    /** Bytes by which a job's room grows at least, while there are so many. */
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
     * @param name the folder's begins with it
     * @param control of the work that is done in it
     * @return an empty folder
     */
    public Workspace open(@Simple("${variable.job.id}") String name, @Variable("work") WorkControl control)
            throws IOException {
        Workspace workspace = new Workspace(Files.createTempDirectory(scratch.path(), name + "-"), control);
        open.put(workspace.folder(), workspace);
        return workspace;
    }

    /**
     * Sets room aside for all that a job will write, at once or not at all.
     *
     * @throws ScratchFullException when the disk, or the limit set for it, has no such room beside what other jobs of this process set aside
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
     * Sets more room aside where a program writes more than was expected of the job.
     *
     * @throws ScratchFullException when there is no more
     */
    public synchronized void makeRoom(Workspace workspace) throws IOException {
        long lacking = workspace.written() - workspace.roomToWrite();
        if (lacking > 0) {
            long free = free();
            if (lacking > free) {
                throw new ScratchFullException("the job lacks " + lacking
                        + " bytes of scratch space for what it writes, " + free + " are free");
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

    public Workspace at(Path folder) {
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

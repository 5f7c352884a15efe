package routes.scratch;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import routes.settings.InvalidSettingException;
import routes.settings.Settings;

/**
 * The folder of this process below the scratch folder, protected by a file lock. At startup, folders left by terminated
 * processes are removed. A folder whose lock is held belongs to a running process and is kept.
 */
@Component
public class ScratchFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);
    private static final String PREFIX = "process-";
    private static final String LOCK = ".lock";

    private final Path folder;
    private final Path lockFile;
    private final FileChannel lock;

    public ScratchFolder(Settings settings) {
        Path base = settings.media().scratch().toAbsolutePath();
        try {
            Files.createDirectories(base);
            // one process at a time, or a sweep could remove the folder of another process that is starting
            try (FileChannel door = open(base.resolve("sweep" + LOCK));
                    FileLock held = door.lock()) {
                removeLeftovers(base);
                folder = Files.createTempDirectory(base, PREFIX);
                lockFile = base.resolve(folder.getFileName() + LOCK);
                lock = open(lockFile);
                lock.lock();
            }
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "CLIP_DOWNLOAD_DEST", base.toString(), "a folder that can be written, not: " + e);
        }
    }

    Path path() {
        return folder;
    }

    @PreDestroy
    public void remove() throws IOException {
        FileSystemUtils.deleteRecursively(folder);
        Files.deleteIfExists(lockFile);
        lock.close();
    }

    private static void removeLeftovers(Path base) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(base)) {
            folders = all.filter(p -> p.getFileName().toString().startsWith(PREFIX) && Files.isDirectory(p))
                    .toList();
        }
        for (Path folder : folders) {
            Path lockFile = base.resolve(folder.getFileName() + LOCK);
            try (FileChannel channel = open(lockFile)) {
                if (channel.tryLock() != null) {
                    FileSystemUtils.deleteRecursively(folder);
                    Files.delete(lockFile);
                    LOG.info("removed {}, left by a terminated process", folder);
                }
            } catch (OverlappingFileLockException heldByThisProcess) {
                LOG.debug("{} is in use by this process", folder);
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}

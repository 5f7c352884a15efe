package routes.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Leftovers of ended processes. */
public final class Leftovers {
    private Leftovers() {}

    /** @return files in a scratch folder, except the file that guards its sweep */
    public static List<Path> files(Path scratch) throws IOException {
        try (Stream<Path> files = Files.list(scratch)) {
            return files.filter(file -> !file.endsWith("sweep.lock")).toList();
        }
    }

    /**
     * Searches all processes of this machine: children of an ended process have another parent.
     *
     * @return the command lines that contain this path
     */
    public static List<String> programs(Path path) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(path.toString()))
                .toList();
    }
}

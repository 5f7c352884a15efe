package routes.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What processes that are gone may not leave behind. */
public final class Leftovers {
    private Leftovers() {}

    /** @return what lies in a scratch folder, apart from the file that guards its sweep */
    public static List<Path> files(Path scratch) throws IOException {
        try (Stream<Path> files = Files.list(scratch)) {
            return files.filter(file -> !file.endsWith("sweep.lock")).toList();
        }
    }

    /**
     * Looks at all processes of this machine: a process that is gone has no children any more, they have another parent.
     *
     * @return the command lines in which this path stands
     */
    public static List<String> programs(Path path) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(path.toString()))
                .toList();
    }
}

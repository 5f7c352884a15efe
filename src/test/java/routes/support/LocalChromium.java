package routes.support;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Chromium for tests: the one on the PATH, else Debian's headless one. The latter is unpacked into
 * {@link LocalCache} without installation, so root is not needed.
 *
 * @param program the executable
 * @param environment variables that it needs
 */
record LocalChromium(Path program, Map<String, String> environment) {
    /** No Chromium is available; the message gives the reason. */
    static final class NoChromiumException extends Exception {
        NoChromiumException(String why) {
            super(why);
        }
    }

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chromium-headless-shell");
    private static final String PACKAGE = "chromium-headless-shell";
    private static final int SECONDS_TO_FETCH = 300;

    static LocalChromium find() throws NoChromiumException {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            for (String name : NAMES) {
                Path program = Path.of(folder, name);
                if (!folder.isBlank() && Files.isExecutable(program)) {
                    return new LocalChromium(program, Map.of());
                }
            }
        }
        try {
            return unpacked();
        } catch (IOException e) {
            throw new NoChromiumException("none on the PATH, and Debian's cannot be downloaded: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoChromiumException("interrupted during the download");
        }
    }

    /** Test JVMs share the cache, so one unpacks while the others wait. */
    private static synchronized LocalChromium unpacked() throws IOException, InterruptedException {
        Path root = LocalCache.folder("chromium");
        try (FileChannel lock =
                        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            assert held.isValid();
            return unpacked(root);
        }
    }

    private static LocalChromium unpacked(Path root) throws IOException, InterruptedException {
        Path program = root.resolve(Path.of("usr", "lib", "chromium", PACKAGE));
        if (!Files.isExecutable(program)) {
            System.out.println("downloading Debian's " + PACKAGE + " into " + root);
            Path packages = Files.createTempDirectory(root, "packages");
            List<String> download = new ArrayList<>(List.of("apt-get", "-q", "download"));
            download.addAll(missing());
            run(packages, download);
            try (Stream<Path> files = Files.list(packages)) {
                for (Path file : files.sorted().toList()) {
                    run(packages, List.of("dpkg-deb", "-x", file.toString(), root.toString()));
                    Files.delete(file);
                }
            }
            Files.delete(packages);
        }
        return new LocalChromium(program, Map.of("LD_LIBRARY_PATH", libraries(root)));
    }

    /** The package and its dependencies that this machine lacks. */
    private static List<String> missing() throws IOException, InterruptedException {
        String planned = run(
                Path.of("."),
                List.of("apt-get", "-s", "-o", "Debug::NoLocking=1", "install", "--no-install-recommends", PACKAGE));
        return planned.lines()
                .filter(line -> line.startsWith("Inst "))
                .map(line -> line.split(" ")[1])
                .toList();
    }

    private static String libraries(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(Path.of("usr", "lib")))) {
            return files.filter(file -> file.getFileName().toString().contains(".so"))
                    .map(file -> file.getParent().toString())
                    .distinct()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("packages", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean ended = process.waitFor(SECONDS_TO_FETCH, TimeUnit.SECONDS);
            process.destroyForcibly();
            String output = Files.readString(said);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command.subList(0, 2)) + ": " + output.strip());
            }
            return output;
        } finally {
            Files.delete(said);
        }
    }
}

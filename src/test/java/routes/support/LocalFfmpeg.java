package routes.support;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ffmpeg for tests and the local run: the one in the variable FFMPEG, else the one on the PATH, else the static
 * build of the test dependencies.
 */
public final class LocalFfmpeg {
    private static final boolean WINDOWS = os().contains("win");

    private LocalFfmpeg() {}

    /**
     * Absolute path of an executable ffmpeg; the same for the whole JVM.
     *
     * @throws IllegalStateException if FFMPEG names no executable, or if neither the PATH nor the class path has one
     *     for this system
     */
    public static Path path() {
        try {
            return Holder.PATH;
        } catch (ExceptionInInitializerError e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        }
    }

    /**
     * Major version of {@link #path()}; {@link Integer#MAX_VALUE} for a build without a release number, assumed newer
     * than any release.
     */
    public static int majorVersion() {
        return Holder.MAJOR_VERSION;
    }

    private static int readMajorVersion(Path ffmpeg) {
        try {
            Process asked = new ProcessBuilder(ffmpeg.toString(), "-version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = Pattern.compile("ffmpeg version n?(\\d+)\\.").matcher(said);
            return version.find() ? Integer.parseInt(version.group(1)) : Integer.MAX_VALUE;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + ffmpeg, e);
        }
    }

    private static Path onPath(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(Path::toAbsolutePath)
                .findFirst()
                .orElse(null);
    }

    private static Path named(String wanted) {
        Path file = wanted.contains("/") || wanted.contains(File.separator) ? Path.of(wanted) : onPath(wanted);
        if (file == null || !Files.isExecutable(file)) {
            throw new IllegalStateException(
                    "FFMPEG is '" + wanted + "': it must be a program on the PATH, or the path of one");
        }
        return file.toAbsolutePath();
    }

    private static Path extracted() {
        String resource = resource();
        Path folder = Path.of("target", "ffmpeg").toAbsolutePath();
        Path target = folder.resolve(WINDOWS ? "ffmpeg.exe" : "ffmpeg");
        try (InputStream in = LocalFfmpeg.class.getResourceAsStream("/ws/schild/jave/nativebin/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("No ffmpeg on the PATH, and none for this system (" + resource
                        + ") among the test dependencies");
            }
            if (Files.isExecutable(target)) {
                return target;
            }
            Files.createDirectories(folder);
            // two JVMs may extract at the same time: each writes its own file, and either move leaves a complete one
            Path temporary = Files.createTempFile(folder, "ffmpeg", ".part");
            Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            if (!temporary.toFile().setExecutable(true)) {
                throw new IllegalStateException("Cannot make " + temporary + " executable");
            }
            return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot extract ffmpeg to " + target, e);
        }
    }

    /** The resource names in the jave-nativebin jars of each system. */
    private static String resource() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        if (WINDOWS) {
            return "ffmpeg-amd64.exe";
        }
        if (os().contains("mac")) {
            return arm ? "ffmpeg-aarch64-osx" : "ffmpeg-x86_64-osx";
        }
        return arm ? "ffmpeg-aarch64" : "ffmpeg-amd64";
    }

    private static String os() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT);
    }

    private static final class Holder {
        private static final Path PATH = find();
        private static final int MAJOR_VERSION = readMajorVersion(PATH);

        private static Path find() {
            String wanted = System.getenv().getOrDefault("FFMPEG", "");
            if (!wanted.isEmpty()) {
                return named(wanted);
            }
            Path found = onPath(WINDOWS ? "ffmpeg.exe" : "ffmpeg");
            return found != null ? found : extracted();
        }
    }
}

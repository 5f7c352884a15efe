package routes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The output of a finished ffmpeg: the bytes of stdout and the lines of stderr. */
final class FfmpegResult {
    private final byte[] bytes;
    private final List<String> said;

    private FfmpegResult(byte[] bytes, List<String> said) {
        this.bytes = bytes;
        this.said = said;
    }

    /**
     * Runs ffmpeg and waits for its end.
     *
     * @throws IllegalStateException if it fails, with its stderr
     */
    static FfmpegResult of(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(LocalFfmpeg.path().toString()));
        command.addAll(arguments);
        try {
            // a file, because two pipes would need two readers
            Path log = Files.createTempFile("ffmpeg", ".log");
            try {
                Process ffmpeg =
                        new ProcessBuilder(command).redirectError(log.toFile()).start();
                byte[] bytes = ffmpeg.getInputStream().readAllBytes();
                int exit = ffmpeg.waitFor();
                List<String> said = Files.readAllLines(log);
                if (exit != 0) {
                    throw new IllegalStateException("ffmpeg ended with " + exit + ": " + String.join("\n", said));
                }
                return new FfmpegResult(bytes, said);
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while ffmpeg ran", e);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    List<String> said() {
        return said;
    }
}

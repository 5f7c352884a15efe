package routes.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An ffmpeg that waits before it works, so that a test can observe it running. Needs a POSIX shell. */
public final class SlowFfmpeg {
    private SlowFfmpeg() {}

    /** @return the program, written into the folder */
    public static Path waiting(int seconds, Path folder) throws IOException {
        return program("sleep " + seconds, folder);
    }

    /** @return the program, which waits as long as that file exists */
    public static Path heldBy(Path gate, Path folder) throws IOException {
        return program("while [ -e '" + gate.toAbsolutePath() + "' ]; do sleep 0.1; done", folder);
    }

    private static Path program(String first, Path folder) throws IOException {
        Path program = folder.resolve("slow-ffmpeg").toAbsolutePath();
        Files.writeString(program, "#!/bin/sh\n%s\nexec '%s' \"$@\"\n".formatted(first, LocalFfmpeg.path()));
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + program + " executable");
        }
        return program;
    }
}

package routes.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An ffmpeg that sleeps before it works, so that a test can observe it running. Needs a POSIX shell. */
public final class SlowFfmpeg {
    private SlowFfmpeg() {}

    /** @return the program, written into the folder */
    public static Path waiting(int seconds, Path folder) throws IOException {
        Path program = folder.resolve("slow-ffmpeg");
        Files.writeString(program, "#!/bin/sh\nsleep %d\nexec '%s' \"$@\"\n".formatted(seconds, LocalFfmpeg.path()));
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + program + " executable");
        }
        return program;
    }
}

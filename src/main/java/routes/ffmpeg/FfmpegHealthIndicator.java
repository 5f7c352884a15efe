package routes.ffmpeg;

import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the program that was found at startup still exists. */
@Component("ffmpegHealthIndicator")
class FfmpegHealthIndicator implements HealthIndicator {
    private final Path program;

    FfmpegHealthIndicator(FfmpegProgram program) {
        this.program = Path.of(program.command().get(0));
    }

    @Override
    public Health health() {
        return Files.isExecutable(program)
                ? Health.up().build()
                : Health.down().withDetail("reason", "ffmpeg is gone").build();
    }
}

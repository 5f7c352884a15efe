package routes.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Meters that exist from the start with value 0: an alert on the first loss needs a value before it. */
@Component
class KnownMeters implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.of("leases.lost", "publications.resent", "fetched.bytes", "stored.bytes")
                .forEach(name -> Counter.builder("camclips." + name).register(registry));
        Stream.of("request", "footage").forEach(since -> registry.timer("camclips.clip.ready", "since", since));
        for (Meters.AttemptResult result : Meters.AttemptResult.values()) {
            registry.counter("camclips.attempts", "result", result.name());
        }
        for (Meters.FfmpegFailure cause : Meters.FfmpegFailure.values()) {
            registry.counter("camclips.ffmpeg.failures", "cause", cause.name());
        }
    }
}

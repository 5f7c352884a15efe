package routes.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Meters that are there from the start, at 0: an alert on the first loss needs a value before it. */
@Component
class KnownMeters implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.of("leases.lost", "announcements.resent", "fetched.bytes", "stored.bytes")
                .forEach(name -> Counter.builder("camclips." + name).register(registry));
        Stream.of("asked", "footage").forEach(since -> registry.timer("camclips.clip.time", "since", since));
        for (Meters.AttemptEnd end : Meters.AttemptEnd.values()) {
            registry.counter("camclips.attempts", "end", end.name());
        }
        for (Meters.FfmpegDeath cause : Meters.FfmpegDeath.values()) {
            registry.counter("camclips.ffmpeg.deaths", "cause", cause.name());
        }
    }
}

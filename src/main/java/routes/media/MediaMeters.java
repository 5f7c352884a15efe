package routes.media;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** The scratch space that is promised to jobs, and that another job could have, in bytes; cuts that fell back. */
@Component
class MediaMeters implements MeterBinder {
    private final Workspaces workspaces;

    MediaMeters(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Reason reason : Reason.values()) {
            registry.counter("camclips.cut.fallbacks", "reason", reason.name());
        }
        Gauge.builder("camclips.scratch.reserved", workspaces, Workspaces::reserved)
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("camclips.scratch.free", workspaces, Workspaces::free)
                .baseUnit("bytes")
                .register(registry);
    }
}

package routes.media;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** How much of the scratch space is promised to jobs, and how much another job could have, in bytes. */
@Component
class ScratchMeters implements MeterBinder {
    private final Workspaces workspaces;

    ScratchMeters(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("camclips.scratch.reserved", workspaces, Workspaces::reserved)
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("camclips.scratch.free", workspaces, Workspaces::free)
                .baseUnit("bytes")
                .register(registry);
    }
}

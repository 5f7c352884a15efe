package routes.scratch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Gauges of scratch space in bytes: reserved by jobs, and available to further jobs. */
@Component
class ScratchMeters implements MeterBinder {
    private final ScratchSpace scratch;

    ScratchMeters(ScratchSpace scratch) {
        this.scratch = scratch;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("camclips.scratch.reserved", scratch, ScratchSpace::reserved)
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("camclips.scratch.free", scratch, ScratchSpace::free)
                .baseUnit("bytes")
                .register(registry);
    }
}

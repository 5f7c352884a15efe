package routes.cut;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Registers a counter per fallback reason at 0, so that an alert on the first increase has a baseline. */
@Component
class CutMeters implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        for (FallbackReason reason : FallbackReason.values()) {
            registry.counter("camclips.cut.fallbacks", "reason", reason.name());
        }
    }
}

package routes.snapshot;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants of frames in the resolution of the API. */
final class Millis {
    private Millis() {}

    /** @return the first millisecond at which a frame of this instant is shown: rounded up */
    static Instant after(Instant instant) {
        return instant.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
    }
}

package routes.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system clock plus an offset set by a test. */
public final class OffsetClock extends Clock {
    private volatile Duration offset = Duration.ZERO;

    public synchronized void advance(Duration time) {
        offset = offset.plus(time);
    }

    /** Resets to the system time; call it after each test that advanced the clock. */
    public synchronized void reset() {
        offset = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

package routes.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, which a test can put forward for a while. */
public final class OffsetClock extends Clock {
    private volatile Duration offset = Duration.ZERO;

    public synchronized void advance(Duration time) {
        offset = offset.plus(time);
    }

    /** Back to the system's time; to be called after each test that advanced it. */
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

package routes.snapshot;

import java.time.Instant;
import routes.cut.Source;
import routes.cut.StillFrame;

/** A frame of a recording, chosen by the recording's tables. */
record RecordedFrame(Source recording, StillFrame still) {
    String key() {
        return recording.key();
    }

    /** @return differs if the recording was replaced */
    String version() {
        return recording.etag();
    }

    /** @return when it is shown, in milliseconds */
    Instant instant() {
        return Millis.after(recording.start().plus(still.sinceStart()));
    }

    /** @return whether it is on the screen at an instant after its own */
    boolean isShownAt(Instant at) {
        return at.isBefore(recording.start().plus(still.end()));
    }

    /** @return when the next frame of its recording is shown; null if it is the last one */
    Instant next() {
        return still.next().map(recording.start()::plus).map(Millis::after).orElse(null);
    }
}

package routes.api.events;

import java.time.Instant;
import java.util.List;
import routes.jobs.ChangeIndex;
import routes.jobs.JobChange;

/**
 * What one look at the changes brought.
 *
 * @param events by the time of the change, oldest first
 * @param position of a listener that was sent all of it
 * @param reset which listeners have to read the list instead
 */
record News(List<Event> events, EventId position, Reset reset) {
    enum Reset {
        NONE,
        NEW_LISTENERS,
        ALL
    }

    /** @param isFresh whether the change was not read before */
    record Event(JobChange change, boolean isFresh, JobEvent text) {
        /** @param since position of a new listener */
        boolean isAfter(Instant since) {
            return !change.at().isBefore(since.minus(ChangeIndex.LATE));
        }
    }

    static News of(Reset reset, EventId position) {
        return new News(List.of(), position, reset);
    }
}

package routes.api.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.api.events.News.Reset;
import routes.jobs.ChangeIndex;
import routes.jobs.Job;
import routes.jobs.JobChange;

/** Reads the changes of jobs for all listeners of this process, by one thread at a time. */
@Component
class JobEventReader {
    private static final Logger LOG = LoggerFactory.getLogger(JobEventReader.class);
    /** A listener that missed more reads the list again. */
    static final Duration LONGEST_AWAY = Duration.ofMinutes(15);

    private static final int MOST_CHANGES = 10_000;
    private static final Duration BETWEEN_RESETS = Duration.ofSeconds(5);

    private final ChangeIndex index;
    private final ObjectMapper json;
    private final Clock clock;
    /** Changes that were read, but may be found again. */
    private Map<String, Instant> known = Map.of();

    private Instant readUntil;
    private boolean isUnusable;
    private long lastReset;
    private long number;

    JobEventReader(ChangeIndex index, ObjectMapper json, Clock clock) {
        this.index = index;
        this.json = json;
        this.clock = clock;
    }

    /** Forgets what was read; the next look begins at its own instant. */
    void restart() {
        known = Map.of();
        readUntil = null;
    }

    /**
     * Reads the changes since the last look, and those that new listeners missed.
     *
     * @param newListeners position of each
     * @throws RuntimeException if the table does not respond; the next look then includes this one
     */
    News look(Collection<Instant> newListeners) {
        Instant now = clock.instant();
        EventId position = new EventId(now, 0);
        if (isUnusable && System.nanoTime() - lastReset < BETWEEN_RESETS.toNanos()) {
            return News.of(Reset.NONE, position);
        }
        Instant last = readUntil == null ? now : earlier(readUntil, now);
        boolean isTooOld = last.isBefore(now.minus(LONGEST_AWAY));
        Instant from = isTooOld ? now : newListeners.stream().reduce(last, JobEventReader::earlier);
        List<JobChange> changes =
                index.since(from.minus(ChangeIndex.LATE), MOST_CHANGES).orElse(null);
        if (changes == null) {
            return withoutIndex(position);
        }
        isUnusable = false;
        News news = isTooOld || changes.size() > MOST_CHANGES
                ? News.of(Reset.ALL, position)
                : news(changes, from, position);
        known = changes.stream().collect(Collectors.toMap(JobChange::jobId, JobChange::at));
        readUntil = now;
        return news;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private News withoutIndex(EventId position) {
        if (!isUnusable) {
            LOG.warn("the jobs table has no usable index of changes: listeners read lists instead");
        }
        isUnusable = true;
        lastReset = System.nanoTime();
        return News.of(Reset.ALL, position);
    }

    private News news(List<JobChange> changes, Instant from, EventId position) {
        List<JobChange> fresh = changes.stream().filter(this::isFresh).toList();
        if (fresh.size() > EventStream.MOST_PENDING) {
            return News.of(Reset.ALL, position);
        }
        boolean isOnlyFresh = readUntil != null && !from.isBefore(readUntil);
        if (isOnlyFresh) {
            return new News(events(fresh), position, Reset.NONE);
        }
        return changes.size() > EventStream.MOST_PENDING
                ? new News(events(fresh), position, Reset.NEW_LISTENERS)
                : new News(events(changes), position, Reset.NONE);
    }

    private boolean isFresh(JobChange change) {
        return !change.at().equals(known.get(change.jobId()));
    }

    private List<News.Event> events(List<JobChange> changes) {
        Map<String, Job> jobs = index
                .jobs(changes.stream().map(JobChange::jobId).toList())
                .stream()
                .collect(Collectors.toMap(Job::id, Function.identity()));
        return changes.stream()
                .filter(change -> jobs.containsKey(change.jobId()))
                .map(change -> new News.Event(
                        change,
                        isFresh(change),
                        JobEvent.of(jobs.get(change.jobId()), new EventId(change.at(), ++number), json)))
                .toList();
    }
}

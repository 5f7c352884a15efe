package routes.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Counts the jobs that ended within the last hour, by minutes; those that are over are not read again. */
@Component
public class RecentOutcomes {
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final int MOST_PER_MINUTE = 10_000;

    private final ChangeIndex index;
    private final Clock clock;
    private final TreeMap<Instant, Map<String, Integer>> byMinute = new TreeMap<>();

    RecentOutcomes(ChangeIndex index, Clock clock) {
        this.index = index;
        this.clock = clock;
    }

    /** @return number of jobs by outcome, and of cancelled ones; empty if the table has no index of changes */
    public synchronized Optional<Map<String, Integer>> count() {
        Instant now = clock.instant();
        Instant first = now.minus(PERIOD).truncatedTo(ChronoUnit.MINUTES);
        byMinute.headMap(first).clear();
        Map<String, Integer> sum = new TreeMap<>();
        for (Instant minute = first; !minute.isAfter(now); minute = minute.plus(1, ChronoUnit.MINUTES)) {
            Optional<Map<String, Integer>> counts = of(minute, now);
            if (counts.isEmpty()) {
                return Optional.empty();
            }
            counts.get().forEach((outcome, jobs) -> sum.merge(outcome, jobs, Integer::sum));
        }
        return Optional.of(sum);
    }

    private Optional<Map<String, Integer>> of(Instant minute, Instant now) {
        Map<String, Integer> known = byMinute.get(minute);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Map<String, Integer>> counts =
                index.within(minute, MOST_PER_MINUTE).map(RecentOutcomes::byOutcome);
        boolean isOver =
                minute.plus(1, ChronoUnit.MINUTES).plus(ChangeIndex.LATE).isBefore(now);
        if (isOver && counts.isPresent()) {
            byMinute.put(minute, counts.get());
        }
        return counts;
    }

    private static Map<String, Integer> byOutcome(List<JobChange> changes) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JobChange change : changes) {
            if (change.status().isTerminal()) {
                boolean isCancelled = change.status() == JobStatus.CANCELLED || change.outcome() == null;
                counts.merge(isCancelled ? change.status().name() : change.outcome(), 1, Integer::sum);
            }
        }
        return counts;
    }
}

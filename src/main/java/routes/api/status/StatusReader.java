package routes.api.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import routes.aws.QueueLengths;
import routes.jobs.JobStatus;
import routes.jobs.JobTypeRegistry;
import routes.jobs.LeaseRegistry;
import routes.jobs.OpenJobCounts;
import routes.jobs.QueuedJobType;
import routes.jobs.RecentOutcomes;
import routes.settings.Settings;

/** Reads the figures of the service, at most every five seconds. */
@Component("statusReader")
public class StatusReader {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final String API_ONLY = "api";

    private final JobTypeRegistry types;
    private final QueueLengths queues;
    private final OpenJobCounts openJobs;
    private final RecentOutcomes outcomes;
    private final LeaseRegistry leases;
    private final Settings settings;
    private final Clock clock;
    private final ObjectMapper json;
    private final LoadingCache<String, ServiceStatus> status =
            Caffeine.newBuilder().expireAfterWrite(FRESH).build(only -> read());

    StatusReader(
            JobTypeRegistry types,
            QueueLengths queues,
            OpenJobCounts openJobs,
            RecentOutcomes outcomes,
            LeaseRegistry leases,
            Settings settings,
            Clock clock,
            ObjectMapper json) {
        this.types = types;
        this.queues = queues;
        this.openJobs = openJobs;
        this.outcomes = outcomes;
        this.leases = leases;
        this.settings = settings;
        this.clock = clock;
        this.json = json;
    }

    /** @return as JSON */
    public String json() throws JsonProcessingException {
        return json.writeValueAsString(status.get(""));
    }

    private ServiceStatus read() {
        List<ServiceStatus.Queue> lengths = new ArrayList<>();
        int open = 0;
        int working = 0;
        for (QueuedJobType type : types.queued()) {
            OpenJobCounts.Counts counts = openJobs.of(type);
            Optional<QueueLengths.Length> length = queues.of(type.queue());
            lengths.add(new ServiceStatus.Queue(
                    type.name(),
                    length.map(QueueLengths.Length::waiting).orElse(null),
                    length.map(QueueLengths.Length::inFlight).orElse(null),
                    age(counts.oldestQueued())));
            open += counts.all();
            working += counts.of(JobStatus.RUNNING, JobStatus.ANNOUNCING);
        }
        return new ServiceStatus(lengths, workers(working), outcomes.count().orElse(null), open);
    }

    private ServiceStatus.Workers workers(int working) {
        return settings.role().equals(API_ONLY)
                ? new ServiceStatus.Workers(working, null)
                : new ServiceStatus.Workers(leases.count(), settings.allWorkers());
    }

    private Long age(Instant since) {
        return since == null
                ? null
                : Math.max(0, Duration.between(since, clock.instant()).toSeconds());
    }
}

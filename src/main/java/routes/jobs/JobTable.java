package routes.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import routes.settings.Settings;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** The items of the jobs table: attributes of new and ended jobs, and reads by id. */
final class JobTable {
    static final int FIRST_RUN = 1;
    /** No limit of open jobs. */
    static final int UNLIMITED = -1;

    private final DynamoDbClient client;
    private final Clock clock;
    private final String name;
    private final Duration keep;

    JobTable(DynamoDbClient client, Clock clock, Settings settings) {
        this.client = client;
        this.clock = clock;
        this.name = settings.jobs().table();
        this.keep = Duration.ofDays(settings.jobs().keep());
    }

    String name() {
        return name;
    }

    /** @return a write that changes what clients see of the job; it enters the index of changes */
    JobUpdate write(String jobId) {
        Instant now = clock.instant();
        return writeUnseen(jobId).set("changedIn", ChangeIndex.minute(now)).set("changedAt", now);
    }

    /** @return a write that clients do not see */
    JobUpdate writeUnseen(String jobId) {
        return new JobUpdate(name, jobId);
    }

    /**
     * @param jobIds at most 100, without duplicates
     * @return the existing ones, unordered
     */
    List<Job> all(Collection<String> jobIds) {
        List<Job> jobs = new ArrayList<>();
        Map<String, KeysAndAttributes> missing = jobIds.isEmpty() ? Map.of() : Map.of(name, keys(jobIds));
        while (!missing.isEmpty()) {
            Map<String, KeysAndAttributes> request = missing;
            var answer = client.batchGetItem(r -> r.requestItems(request));
            answer.responses().getOrDefault(name, List.of()).forEach(item -> jobs.add(JobItemMapper.read(item)));
            missing = answer.unprocessedKeys();
        }
        return jobs;
    }

    private static KeysAndAttributes keys(Collection<String> jobIds) {
        return KeysAndAttributes.builder()
                .keys(jobIds.stream().map(JobTable::key).toList())
                .consistentRead(true)
                .build();
    }

    /** @return the item of an id, for {@code aws2-ddb} and for the SDK */
    static Map<String, AttributeValue> key(String jobId) {
        return Map.of("jobId", JobItemMapper.of(jobId));
    }

    /** @return the job of a failed conditional write, even if its retention is over; empty if there is none */
    static Optional<Job> current(ConditionalCheckFailedException refused) {
        return refused.hasItem() && !refused.item().isEmpty()
                ? Optional.of(JobItemMapper.read(refused.item()))
                : Optional.empty();
    }

    /** @return the attributes of a new open job, without its status */
    JobUpdate fresh(NewJob job) {
        return described(job)
                .set("progress", 0)
                .set("sweeps", 0)
                .set("open", job.type())
                .set("openClient", job.client());
    }

    /** @return the attributes of a new job that do not depend on its state */
    JobUpdate described(NewJob job) {
        return write(job.id())
                .onlyIfNew()
                .set("type", job.type())
                .set("subject", job.subject())
                .set("client", job.client())
                .set("title", job.title())
                .set("request", job.request())
                .setMessage(job.message())
                .set("attempt", job.sequence())
                .set("run", FIRST_RUN)
                .set("asked", job.sent())
                .set("day", day(job.sent()));
    }

    /** @param job that ends; one that was open is counted no more */
    JobUpdate ended(JobUpdate write, Job job) {
        return ended(write).counted(job.client() == null ? null : change(job.client(), -1, UNLIMITED));
    }

    /**
     * @param client null if it is not one of the REST API
     * @param most open jobs of the client before this one; negative for no limit
     */
    JobUpdate opened(JobUpdate write, String client, int most) {
        return write.counted(client == null ? null : change(client, 1, most));
    }

    private ClientCount change(String client, int by, int most) {
        Instant now = clock.instant();
        return new ClientCount(client, by, most, now, now.plus(keep));
    }

    JobUpdate ended(JobUpdate write) {
        return write.set("ended", clock.instant())
                .set("ExpirationTime", clock.instant().plus(keep).getEpochSecond())
                .remove("owner", "leaseUntil", "dueAt", "open", "openClient", "sweeps");
    }

    /** @return the day under which a job is listed, such as 2026-11-20, UTC */
    static String day(Instant createdAt) {
        return createdAt.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}

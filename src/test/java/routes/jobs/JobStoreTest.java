package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static routes.jobs.JobStatus.ANNOUNCING;
import static routes.jobs.JobStatus.DONE;
import static routes.jobs.JobStatus.RUNNING;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import routes.clip.ClipRequest;
import routes.failure.JobCancelledException;
import routes.failure.LeaseLostException;
import routes.failure.RequestConflictException;
import routes.greeting.GreetingJobType;
import routes.settings.Settings;
import routes.support.LocalCloud;
import routes.support.SettableClock;
import routes.support.TestSettings;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Job state transitions on a real table. Every test has its own job. */
class JobStoreTest {
    private static final Instant ASKED = Instant.parse("2026-05-04T12:00:00Z");
    private static final JobOutcome CLIP = new JobOutcome("CLIP_AVAILABLE", "{\"a\":1}", null, null);

    private final LocalCloud cloud = LocalCloud.shared();
    private final SettableClock clock = new SettableClock(ASKED.plusSeconds(5));
    private final String table = cloud.resources().jobsTable();
    private final Settings settings = TestSettings.with(Map.of("JOBS_TABLE", table));
    private final JobStore store = new JobStore(cloud.dynamoDb(), clock, settings);
    private final DueJobQueries due = new DueJobQueries(
            new JobTypeRegistry(List.of(new GreetingJobType(null))), cloud.dynamoDb(), clock, settings);
    private final String id = "job-" + UUID.randomUUID();

    @Test
    void aFirstMessageMakesTheJobAndTakesItsLease() {
        Job job = opened();

        assertThat(job.status()).isEqualTo(RUNNING);
        assertThat(job.createdAt()).isEqualTo(ASKED);
        assertThat(job.isLeased(clock.instant())).isTrue();
        assertThat(job.leaseUntil()).isEqualTo(clock.instant().plusSeconds(60));
        assertThat(job.dueAt()).isEqualTo(job.leaseUntil().plusSeconds(60));
        assertThat(StoredJobs.find(id)).contains(job);
    }

    /** Pods of two versions share the table, so a changed name or type breaks the running ones. */
    @Test
    void attributesKeepTheirNamesAndTypesInEveryState() {
        String always =
                "asked:N attempt:N changedAt:N changedIn:S day:S jobId:S progress:N request:S retryTimestamps:L run:N status:S "
                        + "steps:L subject:S sweeps:N type:S ";
        Job job = opened();
        assertThat(attributes()).isEqualTo(sorted(always + "dueAt:N leaseUntil:N open:S owner:S started:N"));

        Job waiting =
                store.await(job, request(ASKED.toEpochMilli()), clock.instant().plusSeconds(60));
        assertThat(attributes()).isEqualTo(sorted(always + "dueAt:N open:S started:N"));

        Job again = store.open(message(ASKED.toEpochMilli())).orElseThrow();
        Job decided = store.decide(again, CLIP, true, List.of(Publication.pending("sns")));
        String ended = "event:S eventId:S outcome:S publications:L started:N succeeded:BOOL ";
        assertThat(waiting.id()).isEqualTo(decided.id());
        assertThat(attributes()).isEqualTo(sorted(always + ended + "dueAt:N leaseUntil:N open:S owner:S"));

        store.close(store.publish(
                decided, List.of(Publication.pending("sns").sending().accepted())));
        assertThat(attributes())
                .isEqualTo(sorted(always.replace("sweeps:N ", "") + ended + "ExpirationTime:N ended:N"));
    }

    @Test
    void aWriteEntersTheIndexOfChangesIfClientsSeeIt() {
        ChangeIndex index = new ChangeIndex(cloud.dynamoDb(), clock, settings);
        Job job = opened();
        Instant opened = clock.instant();
        assertThat(changedAt(index)).isEqualTo(opened);

        clock.advance(Duration.ofSeconds(1));
        job = store.renew(job, job.progress(), job.step());
        assertThat(changedAt(index)).isEqualTo(opened);

        job = store.renew(job, job.progress() + 1, job.step());
        assertThat(changedAt(index)).isEqualTo(opened.plusSeconds(1));

        clock.advance(Duration.ofMinutes(2));
        store.await(job, request(ASKED.toEpochMilli()), clock.instant().plusSeconds(60));
        assertThat(changedAt(index)).isEqualTo(clock.instant());
        assertThat(index.since(clock.instant().plusMillis(1), 100).orElseThrow())
                .extracting(JobChange::jobId)
                .doesNotContain(id);
    }

    private Instant changedAt(ChangeIndex index) {
        return index.since(clock.instant().minusSeconds(60), 10_000).orElseThrow().stream()
                .filter(change -> change.jobId().equals(id))
                .map(JobChange::at)
                .findFirst()
                .orElseThrow();
    }

    private static String sorted(String attributes) {
        return Stream.of(attributes.split(" ")).sorted().collect(Collectors.joining(" "));
    }

    /** Names and types of the item's attributes. */
    private String attributes() {
        return cloud
                .dynamoDb()
                .getItem(r -> r.tableName(table).key(JobTable.key(id)).consistentRead(true))
                .item()
                .entrySet()
                .stream()
                .map(attribute ->
                        attribute.getKey() + ":" + attribute.getValue().type())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @Test
    void aSecondDeliveryHasNothingToDoWhileTheLeaseLives() {
        opened();
        clock.advance(Duration.ofSeconds(59));

        assertThat(store.open(message())).isEmpty();
    }

    @Test
    void aLapsedLeaseIsTakenAndItsFirstOwnerIsRefused() {
        Job first = opened();
        clock.advance(Duration.ofSeconds(60));
        Job second = opened();

        assertThat(second.owner()).isNotEqualTo(first.owner());
        assertThat(second.createdAt()).isEqualTo(ASKED);
        assertThatThrownBy(() -> store.renew(first, 10, null)).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> decide(first)).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> store.await(first, request(1L), clock.instant()))
                .isInstanceOf(LeaseLostException.class);
        assertThat(StoredJobs.find(id)).contains(second);
    }

    @Test
    void progressNeverFalls() {
        Job job = opened();

        assertThat(store.renew(store.renew(job, 40, null), 20, null).progress()).isEqualTo(40);
    }

    /** A version without steps counts the run, and leaves the steps as they are. */
    @Test
    void stepsOfAnotherRunAreNotBelieved() {
        opened();
        cloud.dynamoDb().updateItem(r -> r.tableName(table)
                .key(JobTable.key(id))
                .updateExpression("SET #run = :run")
                .expressionAttributeNames(Map.of("#run", "run"))
                .expressionAttributeValues(Map.of(":run", AttributeValue.fromN("2"))));

        assertThat(StoredJobs.find(id).orElseThrow().steps()).isEmpty();
    }

    @Test
    void aWaitingJobIsWokenByItsNextMessageAndByNoEarlierOne() {
        Job job = opened();
        Instant wake = clock.instant().plusSeconds(60);
        Job waiting = store.await(job, request(ASKED.toEpochMilli()), wake);

        assertThat(waiting.status()).isEqualTo(JobStatus.WAITING);
        assertThat(waiting.owner()).isNull();
        assertThat(waiting.dueAt()).isEqualTo(wake.plus(Duration.ofMinutes(5)));
        assertThat(store.open(message())).as("the stale first message").isEmpty();
        Job again = store.open(message(ASKED.toEpochMilli())).orElseThrow();
        assertThat(again.sequence()).isEqualTo(1);
        assertThat(again.createdAt()).isEqualTo(ASKED);
    }

    @Test
    void aNextMessageThatOvertakesTheWaitIsNotLost() {
        opened();
        clock.advance(Duration.ofMinutes(2));

        assertThat(store.open(message(ASKED.toEpochMilli())).orElseThrow().sequence())
                .isEqualTo(1);
    }

    @Test
    void anotherRequestUnderTheSameIdIsRefusedAndChangesNothing() {
        Job job = opened();
        NewJob other = new NewJob(id, "clip", "camera", null, "{\"other\":1}", "{}", 0, ASKED);

        assertThatThrownBy(() -> store.open(other)).isInstanceOf(RequestConflictException.class);
        assertThat(StoredJobs.find(id)).contains(job);
    }

    @Test
    void aDecidedJobThatIsTakenAgainStillHasItsFirstDocument() {
        Job decided = decide(opened());
        clock.advance(Duration.ofSeconds(61));

        Job again = opened();

        assertThat(again.status()).isEqualTo(ANNOUNCING);
        assertThat(again.event()).isEqualTo(decided.event());
        assertThat(again.eventId()).isEqualTo(decided.eventIdOfRun());
        assertThatThrownBy(() -> decide(again)).as("twice").isInstanceOf(LeaseLostException.class);
    }

    @Test
    void aClosedJobIsTerminalAndLeavesTheTableInTime() {
        Job closed = store.close(decide(opened()));

        assertThat(closed.status()).isEqualTo(DONE);
        assertThat(closed.progress()).isEqualTo(100);
        assertThat(closed.dueAt()).isNull();
        assertThat(store.open(message())).isEmpty();
        assertThat(item().get("ExpirationTime").n())
                .isEqualTo(
                        Long.toString(clock.instant().plus(Duration.ofDays(15)).getEpochSecond()));
        assertThat(item()).doesNotContainKeys("open", "owner");
    }

    @Test
    void aCancelledJobStopsItsOwner() {
        Job job = opened();
        cloud.dynamoDb().updateItem(r -> r.tableName(table)
                .key(Map.of("jobId", AttributeValue.fromS(id)))
                .updateExpression("SET #s = :s REMOVE #o")
                .expressionAttributeNames(Map.of("#s", "status", "#o", "owner"))
                .expressionAttributeValues(Map.of(":s", AttributeValue.fromS("CANCELLED"))));

        assertThatThrownBy(() -> store.renew(job, 50, null)).isInstanceOf(JobCancelledException.class);
    }

    @Test
    void aDueJobIsClaimedOnceAndEachTimeLater() {
        opened();
        assertThat(claim()).as("not due yet").isNull();
        clock.advance(Duration.ofSeconds(121));

        assertThat(due.find()).contains(id);
        Job claimed = claim();
        assertThat(claim()).as("already claimed").isNull();
        assertThat(claimed.dueAt()).isEqualTo(clock.instant().plusSeconds(120));
        clock.advance(Duration.ofSeconds(121));
        assertThat(claim().dueAt()).isEqualTo(clock.instant().plusSeconds(240));
    }

    @Test
    void aJobThatWasGivenBackIsTakenByTheNextDelivery() {
        Job job = opened();
        store.redeliver(job, clock.instant().plusSeconds(60));

        assertThat(store.open(message())).isPresent();
    }

    private Job opened() {
        return store.open(message()).orElseThrow();
    }

    private Map<String, AttributeValue> item() {
        return cloud.dynamoDb()
                .getItem(r -> r.tableName(table).key(Map.of("jobId", AttributeValue.fromS(id))))
                .item();
    }

    private Job claim() {
        return due.claim(StoredJobs.find(id).orElseThrow());
    }

    private Job decide(Job job) {
        return store.decide(job, CLIP, true, List.of(Publication.pending("sns")));
    }

    private NewJob message(Long... retryTimestamps) {
        ClipRequest request = request(retryTimestamps);
        return new NewJob(id, "greeting", "camera", null, "{}", request.message(), request.sequence(), ASKED);
    }

    private ClipRequest request(Long... retryTimestamps) {
        return new ClipRequest(id, "camera", ASKED, ASKED.plusSeconds(1), List.of(retryTimestamps));
    }
}

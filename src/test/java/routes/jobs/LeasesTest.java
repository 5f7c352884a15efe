package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import routes.failure.JobOverdueException;
import routes.failure.LeaseLostException;
import routes.settings.Settings;
import routes.support.LocalCloud;
import routes.support.SettableClock;
import routes.support.TableTraffic;
import routes.support.TestSettings;

/** The leases of a process, on a real table. */
class LeasesTest {
    private final LocalCloud cloud = LocalCloud.shared();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T12:00:00Z"));
    private final Settings settings =
            TestSettings.with(Map.of("JOBS_TABLE", cloud.resources().jobsTable(), "JOBS_DEADLINE", 90));
    private final JobStore store = new JobStore(cloud.dynamoDb(), clock, settings);
    private final LeaseRegistry leases = new LeaseRegistry(store, clock, settings);
    private final NewJob message =
            new NewJob("job-" + UUID.randomUUID(), "clip", "camera", null, "{}", "{}", 0, clock.instant());
    private final Job job = store.open(message).orElseThrow();
    private final Lease lease = leases.hold(job);

    @Test
    void aLeaseIsRenewedEveryTwentySecondsOrWithHeadway() {
        leases.renewAll();
        assertThat(lease.job()).isEqualTo(job);

        lease.reached(40);
        leases.renewAll();
        assertThat(StoredJobs.find(job.id()).orElseThrow().progress()).isEqualTo(40);

        clock.advance(Duration.ofSeconds(21));
        leases.renewAll();
        assertThat(StoredJobs.find(job.id()).orElseThrow().leaseUntil())
                .isEqualTo(clock.instant().plusSeconds(60));
        lease.ensureHeld();
    }

    @Test
    void greatProgressIsStoredAtOnce() {
        lease.reached(3);
        leases.reportProgress(job);
        assertThat(StoredJobs.find(job.id()).orElseThrow().progress()).isZero();

        lease.reached(4);
        leases.reportProgress(job);
        assertThat(StoredJobs.find(job.id()).orElseThrow().progress()).isEqualTo(4);

        lease.reached(7);
        leases.reportProgress(job);
        assertThat(StoredJobs.find(job.id()).orElseThrow().progress()).isEqualTo(4);
    }

    @Test
    void stepsAreStoredWithTheProgressAndCauseNoWriteOfTheirOwn() {
        TableTraffic traffic = new TableTraffic();
        LeaseRegistry counted =
                new LeaseRegistry(new JobStore(traffic.around(cloud.dynamoDb()), clock, settings), clock, settings);
        Lease own = counted.hold(job);
        own.reached(5, "listed: 2");
        own.reached(40, "fetched");
        own.reached(70, "cut: 3 frames");

        counted.renewAll();
        counted.renewAll();

        assertThat(traffic.requests()).isEqualTo(1);
        assertThat(StoredJobs.find(job.id()).orElseThrow().steps().stream().map(JobStep::name))
                .containsExactly("listed", "fetched", "cut", "in progress");
    }

    @Test
    void aLeaseThatAnotherProcessTookStopsTheWork() {
        clock.advance(Duration.ofSeconds(61));
        assertThat(store.open(message)).isPresent();

        leases.renewAll();

        assertThatThrownBy(lease::ensureHeld).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void anAttemptThatIsAllowedMoreTimeIsNotStopped() {
        lease.allow(Duration.ofMinutes(5));
        clock.advance(Duration.ofSeconds(91));

        leases.renewAll();

        assertThatCode(lease::ensureHeld).doesNotThrowAnyException();
    }

    @Test
    void anAttemptPastItsDeadlineIsStopped() {
        clock.advance(Duration.ofSeconds(91));

        leases.renewAll();

        assertThatThrownBy(lease::ensureHeld).isInstanceOf(JobOverdueException.class);
    }
}

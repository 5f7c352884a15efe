package routes.clip;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import routes.cut.CutPlan;
import routes.cut.FallbackReason;
import routes.failure.CameraApiUnavailableException;
import routes.failure.Failures;
import routes.failure.LeaseLostException;
import routes.jobs.Job;
import routes.jobs.JobOutcome;
import routes.jobs.JobStatus;
import routes.jobs.JobStore;
import routes.jobs.LeaseRegistry;
import routes.jobs.NewJob;
import routes.observe.Meters;
import routes.settings.Settings;

/** The life of a clip's job, as its route tells it. */
@Component("clipJobs")
public class ClipJobs {
    static final String TYPE = "clip";

    private final JobStore store;
    private final LeaseRegistry leases;
    private final ClipMessages messages;
    private final ClipEvents events;
    private final Failures failures;
    private final ClipResults results;
    private final Clock clock;
    private final Duration retryWait;

    ClipJobs(
            JobStore store,
            LeaseRegistry leases,
            ClipMessages messages,
            ClipEvents events,
            Failures failures,
            ClipResults results,
            Clock clock,
            Settings settings) {
        this.store = store;
        this.leases = leases;
        this.messages = messages;
        this.events = events;
        this.failures = failures;
        this.results = results;
        this.clock = clock;
        this.retryWait = Duration.ofSeconds(settings.times().retryWait());
        Meters.jobsEndAs(TYPE, ClipOutcome.ends());
        Meters.jobsEndAs(TYPE, List.of(JobStatus.CANCELLED.name()));
    }

    /**
     * @param sent when the queue took the message, in ms since 1970
     * @return the job, leased by this process; null where there is nothing to do
     */
    public Job open(@Variable("request") ClipRequest request, @Header("SentTimestamp") long sent) {
        return open(request, messages.identity(request), sent);
    }

    /** @param identity what makes two messages ask for the same, see {@link Job#request()} */
    Job open(ClipRequest request, String identity, long sent) {
        Job job = store.open(new NewJob(
                        request.clipId(),
                        TYPE,
                        request.cameraId(),
                        null,
                        identity,
                        request.retryTimestamps(),
                        Instant.ofEpochMilli(sent)))
                .orElse(null);
        if (job != null) {
            leases.hold(job);
            MDC.put("jobId", job.id());
        }
        return job;
    }

    /** @return the message that looks for footage again */
    public String nextLook(@Variable("request") ClipRequest request, @Header("SentTimestamp") long sent) {
        return messages.write(request.withRetryTimestamps(next(request, sent)));
    }

    public void await(
            @Variable("job") Job job, @Variable("request") ClipRequest request, @Header("SentTimestamp") long sent) {
        letGo(job);
        store.await(job, next(request, sent), clock.instant().plus(retryWait));
    }

    /** Makes sure that the lease outlasts what cannot be taken back. */
    public Job renew(@Variable("job") Job job) {
        return written(leases.of(job)
                .map(lease -> store.renew(job, lease.progress(), lease.step()))
                .orElseThrow(() -> new LeaseLostException(job.id())));
    }

    /**
     * Ends the job as it was planned; the clip, if there is one, is stored.
     *
     * @param cut how the clip was made; null without one
     */
    public Job decide(
            @Variable("job") Job job,
            @Variable("request") ClipRequest request,
            @Variable("plan") ClipPlan plan,
            @Variable("cut") CutPlan cut) {
        Job decided = decide(job, request, plan, cut, null);
        if (plan.outcome() == ClipOutcome.CLIP_AVAILABLE) {
            count(job, plan, cut);
        }
        return decided;
    }

    private void count(Job job, ClipPlan plan, CutPlan cut) {
        Instant now = clock.instant();
        Instant footage =
                plan.pieces().get(plan.pieces().size() - 1).recording().end();
        Meters.clipMade(
                Duration.between(job.asked(), now),
                Duration.between(footage.isAfter(job.asked()) ? footage : job.asked(), now));
        FallbackReason reason = cut.report().reason();
        if (reason != null) {
            Meters.cutFellBack(reason.name());
        }
    }

    /** Ends the job because of an exception that another try would meet again. */
    public Job fail(
            @Variable("job") Job job,
            @Variable("request") ClipRequest request,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        return fail(job, request, failures.reason(cause));
    }

    /** @param reason fit for strangers */
    Job fail(Job job, ClipRequest request, String reason) {
        return decide(job, request, ClipPlan.ends(ClipOutcome.FATAL_ERROR), null, reason);
    }

    private Job decide(Job job, ClipRequest request, ClipPlan plan, CutPlan cut, String reason) {
        String eventId = UUID.nameUUIDFromBytes((job.id() + "/" + job.run()).getBytes(StandardCharsets.UTF_8))
                .toString();
        String document = events.document(request, plan.outcome(), plan.gaps(), eventId, reason);
        boolean succeeded = plan.outcome() == ClipOutcome.CLIP_AVAILABLE;
        return written(store.decide(
                job,
                new JobOutcome(
                        succeeded,
                        plan.outcome().name(),
                        document,
                        eventId,
                        cut == null ? null : results.document(request, plan, cut.report()),
                        reason)));
    }

    /**
     * @param status what the camera API answered to the announcement; a refusal is noted on the job
     * @throws CameraApiUnavailableException when it may take the announcement later
     */
    public Job told(@Variable("job") Job job, @Header(Exchange.HTTP_RESPONSE_CODE) int status) {
        if (Failures.isTransient(status)) {
            throw new CameraApiUnavailableException(status);
        }
        return status < 300 ? job : written(store.refused(job, status));
    }

    public Job close(@Variable("job") Job job) {
        letGo(job);
        boolean available = ClipOutcome.CLIP_AVAILABLE.name().equals(job.outcome());
        return store.close(job, available ? JobStatus.DONE : JobStatus.FAILED);
    }

    /** @param again when the message comes again */
    public void giveBack(Job job, Instant again) {
        letGo(job);
        store.giveBack(job, again);
    }

    /** Whatever became of the exchange, this process works on its job no longer. */
    public void leave(@Variable("job") Job job) {
        letGo(job);
        MDC.remove("jobId");
    }

    private void letGo(Job job) {
        leases.of(job).ifPresent(leases::drop);
    }

    private Job written(Job job) {
        leases.of(job).ifPresent(lease -> lease.written(job));
        return job;
    }

    private static List<Long> next(ClipRequest request, long sent) {
        List<Long> next = new ArrayList<>(request.retryTimestamps());
        next.add(sent);
        return next;
    }
}

package routes.clip;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.cut.CutPlan;
import routes.cut.FallbackReason;
import routes.cut.SmartCutter;
import routes.jobs.Job;
import routes.jobs.JobLifecycle;
import routes.jobs.JobOutcome;
import routes.observe.Meters;
import routes.scratch.Workspace;
import routes.settings.Settings;

/** The clip-specific part of the job lifecycle: waiting for footage, and the planned outcome. */
@Component("clipJobs")
public class ClipJobs {
    private final JobLifecycle jobs;
    private final ClipEvents events;
    private final ClipResults results;
    private final Clock clock;
    private final boolean isPendingSent;

    ClipJobs(JobLifecycle jobs, ClipEvents events, ClipResults results, Clock clock, Settings settings) {
        this.jobs = jobs;
        this.events = events;
        this.results = results;
        this.clock = clock;
        this.isPendingSent = settings.camera().clipPending() == Settings.CameraApi.Pending.ON;
    }

    /**
     * @param sent {@code SentTimestamp} of the request's message, in ms since 1970
     * @return the request for the next footage check
     */
    public ClipRequest next(@Variable("request") ClipRequest request, @Header("SentTimestamp") long sent) {
        return request.next(sent);
    }

    /** @return whether CLIP_PENDING is sent: it is the first check of this run, and the setting is on */
    public boolean startsToWait(@Variable("request") ClipRequest request) {
        return isPendingSent && request.sequence() == 0;
    }

    /** @return the document of a clip that waits; its eventId is not that of the outcome */
    public String pending(@Variable("job") Job job, @Variable("request") ClipRequest request) {
        return events.document(request, ClipOutcome.CLIP_PENDING, null, job.eventIdOfRun() + "-pending", null);
    }

    /**
     * Ends the job with the planned outcome. The clip, if any, is already stored.
     *
     * @param cut how the clip was cut; null if there is no clip
     * @param workspace has the clip's file; null if there is no clip
     */
    public Job decide(
            @Variable("job") Job job,
            @Variable("request") ClipRequest request,
            @Variable("plan") ClipPlan plan,
            @Variable("cut") CutPlan cut,
            @Variable("workspace") Workspace workspace) {
        String event = events.document(request, plan.outcome(), cut, job.eventIdOfRun(), null);
        String result = cut == null ? null : results.document(request, plan, cut, sizeOf(workspace));
        Job decided = jobs.decide(job, new JobOutcome(plan.outcome().name(), event, result, null));
        if (cut != null) {
            count(job, plan, cut);
        }
        return decided;
    }

    private static long sizeOf(Workspace workspace) {
        return workspace.file(SmartCutter.CLIP).toFile().length();
    }

    private void count(Job job, ClipPlan plan, CutPlan cut) {
        Instant now = clock.instant();
        Instant footage =
                plan.segments().get(plan.segments().size() - 1).recording().end();
        Meters.clipMade(
                Duration.between(job.createdAt(), now),
                Duration.between(footage.isAfter(job.createdAt()) ? footage : job.createdAt(), now));
        FallbackReason reason = cut.report().reason();
        if (reason != null) {
            Meters.cutFallback(reason.name());
        }
    }
}

package routes.observe;

import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.Collection;

/**
 * Metrics in addition to those of Camel, Java and the web server. Labels are fixed names, never ids. They are in the
 * global registry, so callers need no registry.
 * See docs/decisions/0022.
 */
public final class Meters {
    /** The result of one attempt at a job: it waits for footage, is retried later, or has decided the outcome. */
    public enum AttemptResult {
        WAITING,
        FAILED,
        DECIDED
    }

    /** Why a run of ffmpeg failed. */
    public enum FfmpegFailure {
        STALLED,
        DEADLINE,
        SIGNAL,
        DISK_FULL,
        ERROR
    }

    private Meters() {}

    /** Starts the counters of a job type at 0: a counter that appears with its first event is missing from rates. */
    public static void registerOutcomes(String type, Collection<String> outcomes) {
        outcomes.forEach(outcome -> Metrics.counter("camclips.jobs", "type", type, "outcome", outcome));
    }

    public static void jobEnded(String type, String outcome) {
        Metrics.counter("camclips.jobs", "type", type, "outcome", outcome).increment();
    }

    public static void attemptEnded(AttemptResult result) {
        Metrics.counter("camclips.attempts", "result", result.name()).increment();
    }

    /**
     * @param sinceRequest until the clip was stored and its outcome decided
     * @param sinceFootage the same, since all footage could be available
     */
    public static void clipMade(Duration sinceRequest, Duration sinceFootage) {
        Metrics.timer("camclips.clip.ready", "since", "request").record(sinceRequest);
        Metrics.timer("camclips.clip.ready", "since", "footage").record(sinceFootage);
    }

    /** @param reason why more than the boundaries of a clip was encoded; one of a fixed set */
    public static void cutFallback(String reason) {
        Metrics.counter("camclips.cut.fallbacks", "reason", reason).increment();
    }

    public static void ffmpegFailed(FfmpegFailure cause) {
        Metrics.counter("camclips.ffmpeg.failures", "cause", cause.name()).increment();
    }

    public static void leaseLost() {
        Metrics.counter("camclips.leases.lost").increment();
    }

    public static void recordingSkipped() {
        Metrics.counter("camclips.recordings.skipped").increment();
    }

    public static void publicationResent() {
        Metrics.counter("camclips.publications.resent").increment();
    }

    static void fetched(long bytes) {
        Metrics.counter("camclips.fetched.bytes").increment((double) bytes);
    }

    static void stored(long bytes) {
        Metrics.counter("camclips.stored.bytes").increment((double) bytes);
    }
}

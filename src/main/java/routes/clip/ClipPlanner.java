package routes.clip;

import static java.util.Comparator.comparing;
import static routes.clip.ClipOutcome.CLIP_AVAILABLE;
import static routes.clip.ClipOutcome.CLIP_NOT_AVAILABLE;
import static routes.clip.ClipOutcome.CLIP_OUT_OF_RANGE;
import static routes.clip.ClipOutcome.CLIP_PENDING;
import static routes.clip.ClipOutcome.CLIP_RETRY_TIMEOUT;
import static routes.clip.ClipOutcome.CLIP_TOO_LONG;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.cut.Gap;
import routes.cut.Timeline;
import routes.failure.InvalidField;
import routes.failure.InvalidRequestException;
import routes.fetch.Recording;
import routes.fetch.Segment;
import routes.jobs.Job;
import routes.settings.Settings;

/** Plans a request from the listing: its current outcome, and the segments of recordings that form its clip. */
@Component("clipPlanner")
public class ClipPlanner {

    private final Settings.Times times;
    private final Clock clock;

    ClipPlanner(Settings settings, Clock clock) {
        this.times = settings.times();
        this.clock = clock;
    }

    /**
     * Validates a request before its footage is listed.
     *
     * @param job gives the creation time of the request
     * @return CLIP_TOO_LONG without segments, or null if the outcome depends on the footage
     * @throws InvalidRequestException if its interval is impossible
     */
    public ClipPlan validate(@Variable("request") ClipRequest request, @Variable("job") Job job) {
        ensureValid(request, job.createdAt());
        return isTooLong(request) ? ClipPlan.withoutClip(CLIP_TOO_LONG) : null;
    }

    /**
     * @param createdAt creation time of the request
     * @throws InvalidRequestException if its interval is empty, or ends too long after the request
     */
    void ensureValid(ClipRequest request, Instant createdAt) {
        Instant latest = createdAt.plus(times.retryLimitTime());
        if (!request.end().isAfter(request.start())) {
            throw wrongEnd(
                    request, "after startTimestampInMs, " + request.start().toEpochMilli());
        }
        if (request.end().isAfter(latest)) {
            throw wrongEnd(
                    request, "at most " + latest.toEpochMilli() + ", " + times.retryLimit() + " s after the request");
        }
    }

    boolean isTooLong(ClipRequest request) {
        return Duration.between(request.start(), request.end()).compareTo(times.longestClipTime()) > 0;
    }

    private static InvalidRequestException wrongEnd(ClipRequest request, String allowed) {
        String end = Long.toString(request.end().toEpochMilli());
        return new InvalidRequestException(new InvalidField("endTimestampInMs", end, allowed));
    }

    /**
     * @param footage recordings that overlap the request, in any order
     * @return CLIP_AVAILABLE with segments, CLIP_PENDING, or another outcome without segments
     */
    public ClipPlan plan(
            @Variable("request") ClipRequest request,
            @Variable("job") Job job,
            @Variable("footage") List<Recording> footage) {
        List<Segment> segments = segments(request, footage);
        if (segments.isEmpty()) {
            return ClipPlan.withoutClip(withoutFootage(request, job.createdAt(), clock.instant()));
        }
        List<Gap> gaps = gaps(request, segments);
        Instant now = clock.instant();
        Instant lastSeen = segments.get(segments.size() - 1).from();
        for (Gap gap : gaps) {
            boolean laterListed = !lastSeen.isBefore(gap.to());
            if (!laterListed && !now.isAfter(gap.to().plus(times.retryLimitTime()))) {
                return ClipPlan.withoutClip(CLIP_PENDING);
            }
        }
        List<Segment> recordings = footage.stream()
                .distinct()
                .filter(r -> r.start().isBefore(r.end()))
                .filter(r -> r.start().isBefore(request.end()) && r.end().isAfter(request.start()))
                .map(recording -> new Segment(recording, request.start(), request.end()))
                .toList();
        return new ClipPlan(CLIP_AVAILABLE, segments, gaps, recordings);
    }

    private ClipOutcome withoutFootage(ClipRequest request, Instant createdAt, Instant now) {
        if (Duration.between(request.start(), createdAt).compareTo(times.outOfRangeTime()) > 0) {
            return CLIP_OUT_OF_RANGE;
        }
        if (Duration.between(request.end(), createdAt).compareTo(times.retryLimitTime()) > 0) {
            return CLIP_NOT_AVAILABLE;
        }
        return now.isAfter(deadline(request.end(), createdAt)) ? CLIP_RETRY_TIMEOUT : CLIP_PENDING;
    }

    /** @return until when footage is waited for at most */
    Instant deadline(Instant end, Instant createdAt) {
        return (createdAt.isAfter(end) ? createdAt : end).plus(times.retryLimitTime());
    }

    /**
     * Where recordings overlap, the earlier one is used up to its end. Where they adjoin, its segment includes its last
     * frame, although the camera may have listed the time of that frame as the end.
     */
    static List<Segment> segments(ClipRequest request, List<Recording> footage) {
        List<Segment> segments = new ArrayList<>();
        Instant covered = request.start();
        for (Recording r : footage.stream()
                .sorted(comparing(Recording::start).thenComparing(Recording::end, (a, b) -> b.compareTo(a)))
                .toList()) {
            Instant from = r.start().isAfter(covered) ? r.start() : covered;
            Instant to = r.end().isBefore(request.end()) ? r.end() : request.end();
            if (from.isBefore(to)) {
                joinLast(segments, from);
                segments.add(new Segment(r, from, to));
                covered = to;
            }
        }
        joinLast(segments, request.end());
        return segments;
    }

    /** Extends the last segment to the next covered instant if the gap is at most {@link Timeline#JOIN}. */
    private static void joinLast(List<Segment> segments, Instant next) {
        int at = segments.size() - 1;
        if (at >= 0 && Duration.between(segments.get(at).to(), next).compareTo(Timeline.JOIN) <= 0) {
            segments.set(
                    at,
                    new Segment(segments.get(at).recording(), segments.get(at).from(), next));
        }
    }

    static List<Gap> gaps(ClipRequest request, List<Segment> segments) {
        List<Gap> gaps = new ArrayList<>();
        Instant covered = request.start();
        for (Segment segment : segments) {
            addGap(gaps, covered, segment.from());
            covered = segment.to();
        }
        addGap(gaps, covered, request.end());
        return gaps;
    }

    private static void addGap(List<Gap> gaps, Instant from, Instant to) {
        if (Duration.between(from, to).compareTo(Timeline.JOIN) > 0) {
            gaps.add(new Gap(from, to));
        }
    }
}

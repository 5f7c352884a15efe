package routes.clip;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.cut.Gap;
import routes.failure.ClientErrorException;
import routes.failure.InvalidField;
import routes.fetch.Recording;
import routes.fetch.Segment;
import routes.settings.Settings;

/** The recorded parts of an interval of one camera, and the gaps between them. */
@Component("coverage")
public class Coverage {
    private final ObjectMapper json;
    private final Clock clock;
    private final Settings.Times times;
    private final Duration longest;

    Coverage(ObjectMapper json, Clock clock, Settings settings) {
        this.json = json;
        this.clock = clock;
        this.times = settings.times();
        this.longest = times.outOfRangeTime().compareTo(times.longestClipTime()) > 0
                ? times.outOfRangeTime()
                : times.longestClipTime();
    }

    /**
     * @param start inclusive, in RFC 3339 format
     * @param end exclusive, in RFC 3339 format
     * @return a request for the lookup only, without a job
     * @throws ClientErrorException if the interval is empty, or longer than both the retention and the longest clip
     */
    public ClipRequest request(
            @Header("cameraId") String cameraId, @Header("start") String start, @Header("end") String end) {
        Instant from = OffsetDateTime.parse(start).toInstant();
        Instant to = OffsetDateTime.parse(end).toInstant();
        if (!to.isAfter(from)) {
            throw ClientErrorException.unprocessable(new InvalidField("end", end, "after start, " + start));
        }
        if (Duration.between(from, to).compareTo(longest) > 0) {
            throw ClientErrorException.unprocessable(
                    new InvalidField("end", end, "at most " + longest.toSeconds() + " s after start"));
        }
        return new ClipRequest("coverage", cameraId, from, to, List.of());
    }

    /**
     * @param resolution seconds; raised until the answer is short enough
     * @return JSON, as in the contract
     */
    public String of(
            @Variable("request") ClipRequest request,
            @Variable("footage") List<Recording> footage,
            @Variable("resolution") int resolution) {
        List<Segment> segments = ClipPlanner.segments(request, footage);
        CoverageSpans spans = CoverageSpans.of(
                        segments.stream().map(Segment::recording).toList(), ClipPlanner.gaps(request, segments))
                .within(resolution);
        ObjectNode root = json.createObjectNode()
                .put("cameraId", request.cameraId())
                .put("start", request.start().toString())
                .put("end", request.end().toString())
                .put("resolution", spans.resolution());
        ArrayNode recordings = root.putArray("recordings");
        spans.recordings().forEach(recording -> add(recordings, recording.from(), recording.to()));
        ArrayNode gaps = root.putArray("gaps");
        explained(spans.gaps(), footage).forEach(gap -> add(gaps, gap.from(), gap.to())
                .put("reason", gap.reason().name()));
        return root.toString();
    }

    /** A gap after the last recording may still be filled for a while. */
    private List<ExplainedGap> explained(List<Gap> gaps, List<Recording> footage) {
        Instant now = clock.instant();
        Instant settled = now.minus(times.retryLimitTime());
        Instant lastEnd =
                footage.stream().map(Recording::end).max(Instant::compareTo).orElse(Instant.MIN);
        return ExplainedGap.byTime(
                gaps, now.minus(times.outOfRangeTime()), lastEnd.isAfter(settled) ? earlier(lastEnd, now) : settled);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static ObjectNode add(ArrayNode list, Instant start, Instant end) {
        return list.addObject().put("start", start.toString()).put("end", end.toString());
    }
}

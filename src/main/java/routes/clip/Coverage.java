package routes.clip;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;
import routes.failure.InvalidField;
import routes.fetch.Recording;
import routes.fetch.Segment;
import routes.settings.Settings;

/** The recorded parts of an interval of one camera, and the gaps between them. */
@Component("coverage")
public class Coverage {
    private final ObjectMapper json;
    private final Duration longest;

    Coverage(ObjectMapper json, Settings settings) {
        this.json = json;
        Settings.Times times = settings.times();
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

    /** @return JSON, as in the contract */
    public String of(@Variable("request") ClipRequest request, @Variable("footage") List<Recording> footage) {
        List<Segment> segments = ClipPlanner.segments(request, footage);
        ObjectNode root = json.createObjectNode()
                .put("cameraId", request.cameraId())
                .put("start", request.start().toString())
                .put("end", request.end().toString());
        ArrayNode recordings = root.putArray("recordings");
        segments.stream()
                .map(Segment::recording)
                .forEach(recording -> add(recordings, recording.start(), recording.end()));
        ArrayNode gaps = root.putArray("gaps");
        ClipPlanner.gaps(request, segments).forEach(gap -> add(gaps, gap.from(), gap.to()));
        return root.toString();
    }

    private static void add(ArrayNode list, Instant start, Instant end) {
        list.addObject().put("start", start.toString()).put("end", end.toString());
    }
}

package routes.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.failure.InvalidRequestException;
import routes.fetch.Recording;
import routes.fetch.Segment;
import routes.jobs.Job;
import routes.support.TestJobs;
import routes.support.TestSettings;

/** Instants are given in seconds after noon; the limits are the defaults. */
class ClipPlannerTest {
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    @ParameterizedTest(name = "[{0}, {1}) asked at {2}")
    @CsvSource({
        "100, 100, 200, endTimestampInMs is",
        "100, 50, 200, it must be after startTimestampInMs",
        "100, 1101, 200, 900 s after the request",
    })
    void anIntervalThatCanNeverBeFulfilledIsRefusedWithTheField(int start, int end, int asked, String reason) {
        assertThatThrownBy(() -> planner(asked).validate(request(start, end), job(asked)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("endTimestampInMs");
    }

    @ParameterizedTest(name = "[{0}, {1}) asked at {2}: {3}")
    @CsvSource({
        "0, 7201, 8000, CLIP_TOO_LONG",
        "0, 7200, 8000, ",
        "100, 1100, 200, ",
    })
    void theLengthIsJudgedBeforeAnyFootage(int start, int end, int asked, ClipOutcome outcome) {
        assertThat(planner(asked).validate(request(start, end), job(asked)))
                .isEqualTo(outcome == null ? null : ClipPlan.withoutClip(outcome));
    }

    @ParameterizedTest(name = "[{0}, {1}) asked at {2}, looked for at {3}: {4}")
    @CsvSource({
        "0, 60, 259201, 259201, CLIP_OUT_OF_RANGE",
        "0, 60, 259200, 259200, CLIP_NOT_AVAILABLE",
        "0, 60, 961, 961, CLIP_NOT_AVAILABLE",
        "0, 60, 960, 960, CLIP_PENDING",
        "0, 60, 100, 1000, CLIP_PENDING",
        "0, 60, 100, 1001, CLIP_RETRY_TIMEOUT",
        // the deadline counts from an end in the future
        "0, 600, 100, 1500, CLIP_PENDING",
        "0, 600, 100, 1501, CLIP_RETRY_TIMEOUT",
        // the creation time decides, not the time of the check
        "0, 60, 100, 900000, CLIP_RETRY_TIMEOUT",
    })
    void withoutFootage(int start, int end, int asked, int now, ClipOutcome outcome) {
        ClipPlan plan = planner(now).plan(request(start, end), job(asked), List.of());

        assertThat(plan).isEqualTo(ClipPlan.withoutClip(outcome));
    }

    @ParameterizedTest(name = "{0} of [{1}, {2}) looked for at {3}: {4} {5} gaps {6}")
    @CsvSource(
            delimiter = '|',
            value = {
                // recordings | start | end | now | outcome | segments | gaps
                "0-100 | 10 | 20 | 2000 | CLIP_AVAILABLE | 10-20 | ''",
                "0-10 10-20 20-30 | 5 | 25 | 2000 | CLIP_AVAILABLE | 5-10 10-20 20-25 | ''",
                "20-30 0-10 10-20 | 5 | 25 | 2000 | CLIP_AVAILABLE | 5-10 10-20 20-25 | ''",
                // gaps at either end are left out, an inner one is kept; all are reported
                "10-20 30-40 | 0 | 50 | 2000 | CLIP_AVAILABLE | 10-20 30-40 | 0-10 20-30 40-50",
                // an inner gap is final after a later recording is listed
                "0-10 20-30 | 0 | 30 | 31 | CLIP_AVAILABLE | 0-10 20-30 | 10-20",
                // a gap at the end may still be filled
                "0-10 | 0 | 30 | 930 | CLIP_PENDING | '' | ''",
                "0-10 | 0 | 30 | 931 | CLIP_AVAILABLE | 0-10 | 10-30",
                // the earlier recording has priority up to its end
                "0-15 10-30 | 0 | 30 | 2000 | CLIP_AVAILABLE | 0-15 15-30 | ''",
                "0-30 10-20 | 0 | 30 | 2000 | CLIP_AVAILABLE | 0-30 | ''",
                "0-10 0-30 | 0 | 30 | 2000 | CLIP_AVAILABLE | 0-30 | ''",
                // a recording that only touches the interval is no footage
                "0-10 30-40 | 10 | 30 | 2000 | CLIP_RETRY_TIMEOUT | '' | ''",
            })
    void withFootage(
            String recordings, int start, int end, int now, ClipOutcome outcome, String segments, String gaps) {
        ClipPlan plan = planner(now).plan(request(start, end), job(end), footage(recordings));

        assertThat(plan.outcome()).isEqualTo(outcome);
        assertThat(plan.segments().stream().map(p -> selection(p.from(), p.to())))
                .containsExactlyElementsOf(words(segments));
        assertThat(plan.gaps().stream().map(g -> selection(g.from(), g.to()))).containsExactlyElementsOf(words(gaps));
    }

    @Test
    void recordingsThatAreAFrameApartJoin() {
        List<Recording> footage =
                List.of(new Recording("a", at(0), at(10).minusMillis(80)), new Recording("b", at(10), at(20)));

        ClipPlan plan = planner(2000).plan(request(0, 20), job(20), footage);

        assertThat(plan.gaps()).isEmpty();
        assertThat(plan.segments()).extracting(Segment::to).containsExactly(at(10), at(20));
    }

    @Test
    void theLastFrameThatACameraNamesAsTheEndIsWantedToo() {
        List<Recording> footage = List.of(new Recording("a", at(0), at(10).minusMillis(40)));

        ClipPlan plan = planner(2000).plan(request(5, 10), job(20), footage);

        assertThat(plan.gaps()).isEmpty();
        assertThat(plan.segments()).extracting(Segment::to).containsExactly(at(10));
    }

    private static ClipPlanner planner(int now) {
        return new ClipPlanner(TestSettings.defaults(), Clock.fixed(at(now), ZoneOffset.UTC));
    }

    private static ClipRequest request(int start, int end) {
        return new ClipRequest("clip", "camera", at(start), at(end), List.of());
    }

    private static Job job(int asked) {
        return TestJobs.running("clip", at(asked));
    }

    private static List<Recording> footage(String recordings) {
        return words(recordings).stream()
                .map(r -> r.split("-"))
                .map(r -> new Recording(r[0], at(Integer.parseInt(r[0])), at(Integer.parseInt(r[1]))))
                .toList();
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(w -> !w.isEmpty()).toList();
    }

    private static String selection(Instant from, Instant to) {
        return Duration.between(NOON, from).toSeconds() + "-"
                + Duration.between(NOON, to).toSeconds();
    }

    private static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }
}

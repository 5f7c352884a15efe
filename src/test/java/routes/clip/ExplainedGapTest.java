package routes.clip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.cut.Gap;
import routes.fetch.Recording;

/** The reasons of gaps. Numbers are seconds. */
class ExplainedGapTest {
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");

    @ParameterizedTest(name = "gap {1} of recordings {0}: {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    -              | 0-10           | 0-10 NOT_RECORDED
                    0-10           | 10-20          | 10-20 NOT_RECORDED
                    # a recording that is listed up to 20, and whose frames end at 10
                    0-20           | 10-20          | 10-20 MISSING_FRAMES
                    0-20           | 10-30          | 10-20 MISSING_FRAMES, 20-30 NOT_RECORDED
                    20-40          | 10-30          | 10-20 NOT_RECORDED, 20-30 MISSING_FRAMES
                    12-14 16-18    | 10-20          | 10-12 NOT_RECORDED, 12-14 MISSING_FRAMES, 14-16 NOT_RECORDED, 16-18 MISSING_FRAMES, 18-20 NOT_RECORDED
                    # overlapping recordings in another order than that of their starts
                    14-18 12-16    | 10-20          | 10-12 NOT_RECORDED, 12-18 MISSING_FRAMES, 18-20 NOT_RECORDED
                    # listings are rounded: a twentieth of a second is no part of its own
                    0-19.95        | 10-20          | 10-20 MISSING_FRAMES
                    10.05-20       | 10-20          | 10-20 MISSING_FRAMES
                    0-10.05        | 10-20          | 10-20 NOT_RECORDED
                    0-10           | 10-12 14-16    | 10-12 NOT_RECORDED, 14-16 NOT_RECORDED
                    """)
    void gapsOfAClipAreSplitWhereListedRecordingsBeginAndEnd(String recordings, String gaps, String expected) {
        List<Recording> listed = spans(recordings)
                .map(span -> new Recording("key", span.from(), span.to()))
                .toList();

        assertThat(words(ExplainedGap.of(spans(gaps).toList(), listed))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "gap {0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0-5       | 0-5 EXPIRED
                    0-20      | 0-10 EXPIRED, 10-20 NOT_RECORDED
                    20-50     | 20-30 NOT_RECORDED, 30-50 NOT_YET_RECORDED
                    0-50      | 0-10 EXPIRED, 10-30 NOT_RECORDED, 30-50 NOT_YET_RECORDED
                    40-50     | 40-50 NOT_YET_RECORDED
                    """)
    void gapsOfACameraAreSplitByTheirAge(String gaps, String expected) {
        assertThat(words(ExplainedGap.byTime(spans(gaps).toList(), at("10"), at("30"))))
                .isEqualTo(expected);
    }

    private static Stream<Gap> spans(String text) {
        return text == null
                ? Stream.of()
                : Stream.of(text.split(" ")).map(span -> new Gap(at(span.split("-")[0]), at(span.split("-")[1])));
    }

    private static Instant at(String second) {
        return START.plusMillis((long) (Double.parseDouble(second) * 1000));
    }

    private static String words(List<ExplainedGap> gaps) {
        return gaps.stream()
                .map(gap -> second(gap.from()) + "-" + second(gap.to()) + " " + gap.reason())
                .collect(Collectors.joining(", "));
    }

    private static String second(Instant instant) {
        return String.valueOf((instant.toEpochMilli() - START.toEpochMilli()) / 1000);
    }
}

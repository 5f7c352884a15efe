package routes.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Times of frames in microseconds; the frame rate that players are told. */
class FrameRateTest {
    static Stream<Arguments> films() {
        long[] steady = frames(390, i -> Math.round(i * 1e6 / 30));
        return Stream.of(
                Arguments.of("constant", steady, 30.0),
                Arguments.of("NTSC", frames(390, i -> Math.round(i * 1001e6 / 30_000)), 29.970),
                Arguments.of("cinema", frames(390, i -> Math.round(i * 1001e6 / 24_000)), 23.976),
                Arguments.of("12.5", frames(100, i -> i * 80_000L), 12.5),
                Arguments.of("rounded to milliseconds", frames(390, i -> Math.round(i * 1e3 / 30) * 1000), 30.0),
                Arguments.of("60 in milliseconds", frames(600, i -> Math.round(i * 1e3 / 60) * 1000), 60.0),
                Arguments.of(
                        "a late start",
                        Arrays.stream(steady).map(t -> t + 9_500_000).toArray(),
                        30.0),
                Arguments.of(
                        "parts with each third frame",
                        IntStream.range(0, 600)
                                .filter(i -> i % 100 < 50 || i % 3 == 0)
                                .mapToLong(i -> steady(i, 30))
                                .toArray(),
                        30.0),
                Arguments.of(
                        "a last frame at nearly the same time",
                        LongStream.concat(Arrays.stream(steady), LongStream.of(steady[389] + 10))
                                .toArray(),
                        30.0),
                Arguments.of(
                        "a first frame that is a little early",
                        LongStream.concat(LongStream.of(-7000), Arrays.stream(steady))
                                .toArray(),
                        30.0),
                Arguments.of("one frame", new long[] {0}, 25.0),
                Arguments.of("none", new long[0], 0.0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("films")
    void itIsThatOfTheShortestUsualTime(String name, long[] frames, double rate) {
        assertThat(FrameRate.of(frames, 40_000)).isCloseTo(rate, within(0.0005));
    }

    private static long steady(int index, int rate) {
        return Math.round(index * 1e6 / rate);
    }

    private static long[] frames(int count, IntToLongFunction time) {
        return IntStream.range(0, count).mapToLong(time).toArray();
    }

    @Test
    void frequentShortTimesCount() {
        long[] alternate = frames(100, i -> i / 2 * 100_000L + i % 2 * 20_000L);

        assertThat(FrameRate.of(alternate, 0)).isEqualTo(50);
    }
}

package routes.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapTest {
    /** Gaps of a second, every two seconds. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "100, 100", "101, 51", "1000, 100", "100000, 100"})
    void manyGapsAreJoinedAndCounted(int gaps, int listed) {
        List<Gap> all = IntStream.range(0, gaps)
                .mapToObj(i -> new Gap(Instant.ofEpochSecond(2L * i), Instant.ofEpochSecond(2L * i + 1)))
                .toList();

        List<Gap> joined = Gap.joined(all);

        assertThat(joined).hasSize(listed);
        assertThat(joined.stream().mapToInt(Gap::count).sum()).isEqualTo(gaps);
        if (gaps > 0) {
            assertThat(joined.get(0).from()).isEqualTo(all.get(0).from());
            assertThat(joined.get(listed - 1).to()).isEqualTo(all.get(gaps - 1).to());
        }
    }
}

package routes.scratch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cut.Source;
import routes.cut.TestWorkspace;
import routes.failure.ScratchFullException;
import routes.fetch.FetchPlan;

class ScratchSpaceTest {
    @TempDir
    Path base;

    @Test
    void aJobThatWouldOutgrowTheLimitIsRefusedWhole() throws Exception {
        try (TestWorkspace test = new TestWorkspace(base, 1_000)) {
            assertThatThrownBy(() -> test.reserve(of(1_001)))
                    .isInstanceOf(ScratchFullException.class)
                    .hasMessage("the job needs 1001 bytes of scratch space, 1000 are free");
            assertThatCode(() -> test.reserve(of(1_000))).doesNotThrowAnyException();
        }
    }

    @Test
    void outputIsReservedBesideWhatWasFetched() throws Exception {
        try (TestWorkspace test = new TestWorkspace(base, 1_000)) {
            test.reserve(of(600));
            test.reserveOutput(300);

            assertThatThrownBy(() -> test.reserveOutput(101))
                    .isInstanceOf(ScratchFullException.class)
                    .hasMessage("the job needs 101 more bytes of scratch space, 100 are free");
        }
    }

    private FetchPlan of(long bytes) {
        Instant start = Instant.EPOCH;
        Path file = base.resolve("recording-0.mp4");
        return new FetchPlan(
                List.of(),
                List.of(new Source(
                        "key", file, bytes, "etag", start, start.plusSeconds(1), start, start.plusSeconds(1))),
                List.of());
    }
}

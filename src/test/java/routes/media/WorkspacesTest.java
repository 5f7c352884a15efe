package routes.media;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.failure.ScratchFull;

class WorkspacesTest {
    @TempDir
    Path base;

    @Test
    void aJobThatWouldOutgrowTheLimitIsRefusedWhole() throws Exception {
        try (TestWorkspace test = new TestWorkspace(base, 1_000)) {
            assertThatThrownBy(() -> test.reserve(List.of(source(300), source(201))))
                    .isInstanceOf(ScratchFull.class)
                    .hasMessage("the job needs 1002 bytes of scratch space, 1000 are free");
            assertThatCode(() -> test.reserve(List.of(source(300), source(200))))
                    .doesNotThrowAnyException();
        }
    }

    private Source source(long bytes) {
        Instant start = Instant.EPOCH;
        return new Source("key", base.resolve("recording-0.mp4"), bytes, "etag", start, start, start.plusSeconds(1));
    }
}

package routes.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.ServiceProcess;
import routes.support.TestSettings;

class ScratchFolderTest {
    @TempDir
    Path base;

    @Test
    void aRunningNeighbourIsLeftAloneAndAKilledOneIsCleanedUp() throws Exception {
        try (ServiceProcess neighbour =
                ServiceProcess.start(HoldScratch.class, List.of(), Map.of("CLIP_DOWNLOAD_DEST", base.toString()))) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> neighbour.lines().stream().anyMatch(line -> line.startsWith("holds ")));
            ScratchFolder first = folder();
            assertThat(recordings()).hasSize(1);
            first.remove();

            neighbour.killHard();
            ScratchFolder second = folder();

            assertThat(recordings()).isEmpty();
            second.remove();
        }
        try (Stream<Path> left = Files.list(base)) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactly("sweep.lock");
        }
    }

    @Test
    void twoOfOneProcessDoNotTakeEachOthersFolder() throws IOException {
        ScratchFolder first = folder();
        ScratchFolder second = folder();

        assertThat(first.path()).isDirectory().isNotEqualTo(second.path());
        first.remove();
        second.remove();
    }

    private ScratchFolder folder() {
        return new ScratchFolder(TestSettings.with(Map.of("CLIP_DOWNLOAD_DEST", base.toString())));
    }

    private List<Path> recordings() throws IOException {
        try (Stream<Path> all = Files.walk(base)) {
            return all.filter(p -> p.endsWith("recording-0.mp4")).toList();
        }
    }
}

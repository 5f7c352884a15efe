package routes.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.support.Browser;
import routes.support.DecodedClip.Frame;
import routes.support.FileServer;
import routes.support.FootageKind;
import routes.support.ShownInBrowser;

/** Clips in a real Chromium: it displays the first frame first, and every seek displays the frame of that time. */
@Tag("full")
class BrowserTest {
    private static final int SEEKS = 40;
    private static final long SEED = 1805;
    private static final Duration TO_SHOW = Duration.ofSeconds(5);

    private static Browser browser;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NO_B_FRAMES",
                "B_FRAMES",
                "SILENT",
                "OPEN_GOP",
                "UNEVEN_TIMES",
                "FPS_12_5",
                "FPS_29_97",
                "FPS_60",
                "LONG_GOP",
                "OTHER_PARAMETER_SETS",
                "SIX_RECORDINGS",
                "HIDDEN_START"
            })
    void showsTheFirstFrameAndSeeksExactly(FootageKind kind) throws Exception {
        Random random = new Random(SEED);
        RandomCut cut = RandomCut.draw(kind, random);
        while (cut.wanted().size() < SEEKS || cut.description().contains("gap")) {
            cut = RandomCut.draw(kind, random);
        }
        List<Frame> wanted = cut.wanted();
        Path clip = folder.resolve("clip.mp4");
        CutTrial.fetchAndCut(folder, cut.sources(), clip);

        try (FileServer served = new FileServer(folder)) {
            ShownInBrowser shown = ShownInBrowser.open(browser, clip, served);
            assertShown(shown, wanted.get(0), "at first, " + cut);
            for (int i = 0; i < SEEKS; i++) {
                int k = random.nextInt(wanted.size() - 1);
                double seconds = (wanted.get(k).ptsSeconds() + wanted.get(k + 1).ptsSeconds()) / 2;
                shown.seek(seconds);
                assertShown(shown, wanted.get(k), "at " + seconds + " s, " + cut);
            }
            shown.seek(0);
            assertShown(shown, wanted.get(0), "back at 0, " + cut);
            double last = wanted.get(wanted.size() - 1).ptsSeconds();
            assertThat(shown.duration()).isBetween(last, last + 0.25);
        }
    }

    private static void assertShown(ShownInBrowser shown, Frame wanted, String when) {
        await().atMost(TO_SHOW)
                .untilAsserted(() -> assertThat(shown.frame()).as(when).isEqualTo((int) wanted.number()));
    }
}

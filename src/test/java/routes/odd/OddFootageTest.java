package routes.odd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.cut.CutReport;
import routes.cut.CutTrial;
import routes.cut.Source;
import routes.support.DecodedClip;
import routes.support.DecodedClip.Frame;
import routes.support.FrameReader;

/** Clips of odd recordings are decoded as a player would, and show exactly the frames that a player shows of these. */
class OddFootageTest {
    @TempDir
    static Path folder;

    @TempDir
    Path scratch;

    static Stream<String> kinds() {
        return OddFootage.kinds();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void showsWhatAPlayerShowsOfTheRecordings(String kind) throws Exception {
        for (OddClip asked : new OddFootage(folder).make(kind)) {
            Path file = scratch.resolve("clip.mp4");
            Files.deleteIfExists(file);
            CutReport report = CutTrial.fetchAndCut(scratch, sources(asked), file);

            DecodedClip clip = FrameReader.read(file, OddFootage.SPEC);
            String told = asked.from() + " to " + asked.to() + ": " + report;
            assertThat(clip.frames().stream().map(Frame::number)).as(told).isEqualTo(asked.frames());
            if (!asked.hasErrors()) {
                assertThat(clip.decodeErrors()).as(told).isEmpty();
            }
            assertThat(clip.frames().get(0).ptsSeconds()).as(told).isZero();
            assertThat(clip.audioOffsetsMs()).as(told).allMatch(offset -> Math.abs(offset) < 45);
        }
    }

    private static List<Source> sources(OddClip asked) throws Exception {
        List<Source> sources = new ArrayList<>();
        for (OddClip.Recorded recording : asked.recordings()) {
            Path file = recording.file();
            sources.add(new Source(
                    file.getFileName().toString(),
                    file,
                    Files.size(file),
                    "etag",
                    recording.start(),
                    recording.end(),
                    asked.from(),
                    asked.to()));
        }
        return sources;
    }
}

package routes.odd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.cut.CutPlan;
import routes.cut.CutReport;
import routes.cut.CutTrial;
import routes.cut.LostFrames;
import routes.cut.Source;
import routes.support.DecodedClip;
import routes.support.DecodedClip.Frame;
import routes.support.FrameReader;

/**
 * Clips of unusual recordings, decoded like a player, contain exactly the frames that a player presents for the
 * recordings.
 */
class OddFootageTest {
    private static final int CUTS = 200;
    private static final long SEED = Long.getLong("cuts.seed", 20_261_127);
    /**
     * Kinds for which ffmpeg's output is no reference: it shifts frames with equal times, outputs damaged frames, and
     * ignores the listing.
     */
    private static final Set<String> NOT_AS_FFMPEG_TELLS = Set.of(
            "zero_delta",
            "zero_edit",
            "zero_edit_hevc",
            "repeat_times",
            "neg_delta",
            "sei_samples",
            "sei_samples_spread",
            "sets_sample",
            "static_gap",
            "zeros_behind_one",
            "damaged_frame_encoded",
            "damaged_keyframe_encoded",
            "damaged_frame_copied",
            "frag_truncated",
            "frag_tfdt_damaged",
            "frag_tfdt_restarts",
            "frag_duration_negative",
            "frag_duration_endless",
            "frag_ends_early",
            "overlapping",
            "shadowed",
            "micros",
            "end_overtold",
            "over_by_one_of_three",
            "long_pause",
            // ffmpeg decodes each slice as a picture
            "slices",
            "slices_b",
            "slices_in_fragments",
            "pause_between_edits",
            "pause_between_fragments",
            "pause_filled",
            "whole_second_ends",
            "listed_newest_first",
            "between_two_frames",
            "frame_rate_of_two",
            "recorder_data",
            "clocks_jitter");

    @TempDir
    static Path folder;

    @TempDir
    Path scratch;

    static Stream<String> kinds() {
        return OddFootage.kinds();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void showsTheFramesThatAPlayerShowsOfTheRecordings(String kind) throws Exception {
        for (OddClip asked : new OddFootage(folder).make(kind)) {
            Path file = scratch.resolve("clip.mp4");
            Files.deleteIfExists(file);
            CutPlan plan = CutTrial.fetchAndCutPlan(scratch, sources(asked), file);

            CutReport report = plan.report();
            DecodedClip clip = FrameReader.read(file, OddFootage.SPEC);
            String told = kind + ", " + asked.from() + " to " + asked.to() + ": " + report;
            assertThat(clip.frames().stream().map(Frame::number)).as(told).isEqualTo(asked.frames());
            assertThat(plan.timeline().gaps()).as(told).isEqualTo(asked.gaps());
            if (!asked.hasErrors()) {
                assertThat(clip.decodeErrors()).as(told).isEmpty();
                assertThat(report.decodeErrors()).as(told).isZero();
            }
            assertThat(clip.frames().get(0).ptsSeconds()).as(told).isZero();
            assertThat(clip.audioOffsetsMs()).as(told).allMatch(offset -> Math.abs(offset) < 45);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"damaged_frame_encoded", "damaged_keyframe_encoded", "damaged_frame_copied"})
    void errorsOfTheDecoderAreCounted(String kind) throws Exception {
        OddClip asked = new OddFootage(folder).make(kind).get(0);

        CutReport report = CutTrial.fetchAndCut(scratch, sources(asked), scratch.resolve("clip.mp4"));

        assertThat(report.decodeErrors()).isPositive();
        assertThat(report.toString()).contains("decode errors: ");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"tiny_sample", "unknown_unit"})
    void aFrameThatCannotBeDecodedIsListedAsLost(String kind) throws Exception {
        for (OddClip asked : new OddFootage(folder).make(kind)) {
            Path file = scratch.resolve("clip.mp4");
            Files.deleteIfExists(file);

            CutReport report = CutTrial.fetchAndCut(scratch, sources(asked), file);

            assertThat(report.lost().stream().map(LostFrames::frames))
                    .as(asked.toString())
                    .containsExactly(1);
        }
    }

    /** For kinds whose times ffmpeg reports unchanged. */
    static Stream<Arguments> randomCuts() {
        Random random = new Random(SEED);
        List<String> kinds = OddFootage.kinds()
                .filter(kind -> !NOT_AS_FFMPEG_TELLS.contains(kind))
                .toList();
        return IntStream.range(0, CUTS)
                .mapToObj(i -> Arguments.of(kinds.get(i % kinds.size()), random.nextInt(), random.nextInt()));
    }

    @Tag("full")
    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("randomCuts")
    void showsTheSameOfAnyInterval(String kind, int one, int other) throws Exception {
        OddClip clip = new OddFootage(folder).make(kind).get(0);
        OddClip.Recorded recording = clip.recordings().get(0);
        List<Frame> shown = FrameReader.shown(recording.file());
        // the first frame of a fragmented stream is not at 0
        double first = kind.startsWith("frag") ? shown.get(0).ptsSeconds() : 0;
        long length = (long) ((shown.get(shown.size() - 1).ptsSeconds() - first) * 1000);
        long from = Math.floorMod(one, length - 200);
        long to = from + 100 + Math.floorMod(other, length - from - 100);
        List<Long> starting = shown.stream()
                .filter(frame -> isWithin(frame.ptsSeconds() - first, from, to))
                .map(Frame::number)
                .toList();
        List<Long> frames = starting.isEmpty() ? List.of(numberAt(shown, first + from / 1000.0)) : starting;
        Source source = sources(new OddClip(
                        List.of(recording),
                        recording.start().plusMillis(from),
                        recording.start().plusMillis(to),
                        frames,
                        false,
                        List.of()))
                .get(0);
        Path file = scratch.resolve("clip.mp4");

        CutReport report = CutTrial.fetchAndCut(scratch, List.of(source), file);

        assertThat(FrameReader.read(file, OddFootage.SPEC).frames().stream().map(Frame::number))
                .as("%d to %d: %s", from, to, report)
                .isEqualTo(frames);
    }

    /** @return number of the frame that is on screen at a time, in seconds */
    private static long numberAt(List<Frame> shown, double time) {
        return shown.stream()
                .filter(frame -> frame.ptsSeconds() <= time)
                .mapToLong(Frame::number)
                .max()
                .orElseThrow();
    }

    /** ffmpeg prints microseconds, hence the tolerance. */
    private static boolean isWithin(double seconds, long fromMillis, long toMillis) {
        return seconds * 1000 >= fromMillis - 0.001 && seconds * 1000 < toMillis - 0.001;
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

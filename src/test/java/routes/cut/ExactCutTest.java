package routes.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.failure.FootageMissingException;
import routes.failure.FootageUnusableException;
import routes.mp4.ByteRange;
import routes.mp4.Movie;
import routes.mp4.Samples;
import routes.mp4.Track;
import routes.support.DecodedClip;
import routes.support.DecodedClip.Frame;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.FrameReader;
import routes.support.LocalFfmpeg;
import routes.support.LooseBoxes;
import routes.support.LooseMovie;
import routes.support.LooseTrack;
import routes.support.Mp4Rewrite;

/** Decodes clips like a player and reads the frame numbers from the pictures. */
class ExactCutTest {
    private static final FootageSpec SPEC =
            FootageSpec.standard().withSize(320, 180).withBFrames(2);
    private static final Instant START = Instant.parse("2026-05-04T12:00:00.020Z");
    private static final FootageSpec HEVC =
            SPEC.withExtra("-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=error:open-gop=0");
    private static final int RECORDINGS = 3;
    private static final int SECONDS = 10;
    private static final double FPS = 25;

    @TempDir
    static Path footage;

    @TempDir
    Path scratch;

    @BeforeAll
    static void record() {
        for (int i = 0; i < RECORDINGS; i++) {
            long first = (long) (i * SECONDS * FPS);
            Footage.record(recording(i), SPEC, first, (long) (SECONDS * FPS), START.plusSeconds((long) i * SECONDS));
        }
    }

    @Test
    void anIntervalBetweenTwoFramesShowsTheFirst() throws Exception {
        DecodedClip clip = cut(List.of(source(0, 45, 50)));

        assertThat(clip.frames()).extracting(Frame::number).containsExactly(1L);
    }

    @Test
    void aGapHoldsTheLastFrameSoThatRealTimeIsKept() throws Exception {
        List<Source> withGap = List.of(source(0, 8000, 10_000), source(2, 20_000, 22_000));

        DecodedClip clip = cut(withGap);

        assertThat(clip.decodeErrors()).isEmpty();
        assertThat(clip.count()).isEqualTo(100);
        assertThat(clip.missing()).hasSize(250);
        assertThat(clip.largestTimeErrorMs(FPS)).isLessThan(0.1);
        assertThat(clip.largestAudioOffsetMs()).isLessThan(45);
    }

    @Test
    void gapsFollowFromTheFilesInAnyOrderOfTheListing() throws Exception {
        Instant until = START.plusSeconds(24);
        Source overtold = listed(0, START.plusMillis(10_900), until);
        Source later = listed(2, START.plusSeconds(29), until);

        Timeline timeline = new CutPlanner().plan(List.of(later, overtold)).timeline();

        assertThat(timeline.gaps()).containsExactly(new Gap(START.plusSeconds(10), START.plusSeconds(20)));
        assertThat(timeline.length()).isEqualTo(Duration.ofSeconds(16));
        assertThat(timeline.selections()).extracting(FrameSelection::frames).containsExactly(50, 100);
    }

    private static Source listed(int recording, Instant end, Instant until) {
        return new Source(
                "key-" + recording,
                recording(recording),
                1,
                "etag",
                START.plusSeconds((long) recording * SECONDS),
                end,
                START.plusSeconds(8),
                until);
    }

    @Test
    void soundFromBeforeAPieceIsNotHeardInTheGap() throws Exception {
        DecodedClip clip = cut(List.of(source(0, 8000, 10_000), source(2, 24_000, 26_000)));

        assertThat(clip.decodeErrors()).isEmpty();
        assertThat(clip.audioOffsetsMs())
                .as("all but the beep at the start of the clip")
                .hasSize(3);
        assertThat(clip.largestAudioOffsetMs()).isLessThan(45);
    }

    @Test
    void fromKeyframeToKeyframeEverythingIsCopiedWithoutAnyProcess() throws Exception {
        List<Source> sources = List.of(source(0, 8_000, 10_000), source(1, 10_000, 14_000));

        CutPlan plan = new CutPlanner().plan(sources);

        assertThat(plan.report()).isEqualTo(new CutReport(150, 0, CutMode.COPY, null, List.of(), 0));
        assertThat(plan.pending()).isEmpty();
        DecodedClip clip = cut(sources);
        assertThat(clip.first()).isEqualTo(200);
        assertThat(clip.last()).isEqualTo(349);
        assertThat(clip.missing()).isEmpty();
    }

    @Test
    void aRecordingWithoutSoundIsSilentAndTheOthersStayInTime() throws Exception {
        Footage.record(footage.resolve("silent.mp4"), SPEC.withoutAudio(), 250, 250, START.plusSeconds(10));
        Source silent = of(footage.resolve("silent.mp4"), 10_000, 10_000, 12_000);

        DecodedClip clip = cut(List.of(source(0, 7_500, 10_000), silent));

        assertThat(clip.first()).isEqualTo(188);
        assertThat(clip.count()).isEqualTo(112);
        assertThat(clip.missing()).isEmpty();
        assertThat(clip.audioSeconds()).isBetween(4.4, 4.6);
        assertThat(clip.audioOffsetsMs()).hasSize(2);
        assertThat(clip.largestAudioOffsetMs()).isLessThan(45);
        assertThat(cut(List.of(silent)).audioSeconds()).as("no audio track").isZero();
    }

    @Test
    void aRecordingOfAnotherSizeIsScaledToTheFirst() throws Exception {
        Footage.record(footage.resolve("large.mp4"), SPEC.withSize(640, 360), 250, 250, START.plusSeconds(10));

        DecodedClip clip =
                cut(List.of(source(0, 8_000, 10_000), of(footage.resolve("large.mp4"), 10_000, 10_000, 12_000)));

        assertThat(clip.decodeErrors()).isEmpty();
        assertThat(clip.first()).isEqualTo(200);
        assertThat(clip.last()).isEqualTo(299);
        assertThat(clip.missing()).isEmpty();
        assertThat(clip.largestTimeErrorMs(FPS)).isLessThan(0.1);
    }

    @Test
    void aRecordingThatWasPartOfALongerStreamBeginsWithItsFirstFrame() throws Exception {
        FootageSpec late = SPEC.withExtra("-output_ts_offset", "600");
        Footage.record(footage.resolve("late.mp4"), late, 250, 250, START.plusSeconds(10));

        DecodedClip clip = cut(List.of(of(footage.resolve("late.mp4"), 10_000, 11_000, 13_000)));

        assertThat(clip.first()).isEqualTo(275);
        assertThat(clip.count()).isEqualTo(50);
        assertThat(clip.largestAudioOffsetMs()).isLessThan(45);
    }

    @Test
    void aLastFrameOfNoDurationIsShown() throws Exception {
        Path recording = footage.resolve("no-time.mp4");
        Files.copy(recording(1), recording);
        Mp4Rewrite.endAtLastFrame(recording);

        assertThat(cut(List.of(of(recording, 10_000, 18_000, 20_000))).last()).isEqualTo(499);
    }

    @Test
    void anEditThatForgetsReorderingHidesNothing() throws Exception {
        Path recording = footage.resolve("unedited.mp4");
        Footage.record(recording, SPEC.withoutAudio(), 250, 250, START.plusSeconds(10));
        Mp4Rewrite.editFromZero(recording);

        DecodedClip clip = cut(List.of(of(recording, 10_000, 11_000, 13_000)));

        assertThat(clip.first()).isEqualTo(275);
        assertThat(clip.count()).isEqualTo(50);
    }

    @Test
    void aShortClipIsEncodedThoughNothingBehindItIsThere() throws Exception {
        Path recording = footage.resolve("ten-bit.mp4");
        FootageSpec wide = SPEC.withLastFilter("setsar=4/3").withExtra("-pix_fmt", "yuv420p10le");
        Footage.record(recording, wide, 0, 100, START);

        assertThat(cut(List.of(of(recording, 0, 2_100, 2_300))).count()).isEqualTo(5);
        assertThat(shape()).as("pixel aspect ratio is kept").isEqualTo("320x180 4/3");

        Mp4Rewrite.turn(recording);

        assertThat(cut(List.of(of(recording, 0, 2_100, 2_300))).count()).isEqualTo(5);
        assertThat(shape()).as("as a player presents the recording").isEqualTo("180x320 3/4");
    }

    @Test
    void aFrameThatCannotBeDecodedIsListedAsLostAndTheOthersKeepTheirTimes() throws Exception {
        Path recording = footage.resolve("damaged.mp4");
        Footage.record(recording, SPEC.withExtra("-pix_fmt", "yuv420p10le"), 0, 100, START);
        Samples samples = Movie.read(recording).video().orElseThrow().samples();
        long second = samples.shown(0, Long.MAX_VALUE).get(54);
        int index = IntStream.range(0, samples.count())
                .filter(i -> samples.time(i) == second)
                .findFirst()
                .orElseThrow();
        ByteRange frame = samples.range(index);
        try (FileChannel file = FileChannel.open(recording, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate((int) frame.length()), frame.from());
        }
        Path file = scratch.resolve("clip.mp4");

        CutReport report = CutTrial.cut(scratch, List.of(of(recording, 0, 2_100, 2_300)), file);

        assertThat(report.lost()).containsExactly(new LostFrames(START.plusMillis(2160), START.plusMillis(2200), 1));
        assertThat(FrameReader.read(file, SPEC).frames())
                .extracting(Frame::number, Frame::ptsSeconds)
                .containsExactly(tuple(53L, 0.0), tuple(55L, 0.08), tuple(56L, 0.12), tuple(57L, 0.16));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"-movflags +faststart, encv", "-movflags -faststart+frag_keyframe+empty_moov, encv"})
    void anEncryptedRecordingIsRefusedByName(String flags, String type) {
        Path recording = footage.resolve("encrypted.mp4");
        FootageSpec encrypted = SPEC.withExtra(flags.split(" "))
                .withExtra("-encryption_scheme", "cenc-aes-ctr", "-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb")
                .withExtra("-encryption_kid", "a7e61c373e219033c21091fa607bf3b8");
        Footage.record(recording, encrypted, 0, 100, START);
        List<Source> sources = List.of(of(recording, 0, 1000, 2000));

        assertThatThrownBy(() -> CutTrial.fetchAndCut(scratch, sources, scratch.resolve("clip.mp4")))
                .isInstanceOf(FootageUnusableException.class)
                .hasMessageContaining("a recording is encrypted: its samples are '" + type + "'");
    }

    @Test
    void anEncryptedRecordingIsRefusedThoughItsTablesAreBroken() throws Exception {
        Path recording = footage.resolve("encrypted-broken.mp4");
        FootageSpec encrypted = SPEC.withExtra("-movflags", "+faststart", "-encryption_scheme", "cenc-aes-ctr")
                .withExtra("-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb")
                .withExtra("-encryption_kid", "a7e61c373e219033c21091fa607bf3b8");
        Footage.record(recording, encrypted, 0, 100, START);
        String file = Files.readString(recording, StandardCharsets.ISO_8859_1);
        int stts = file.indexOf("stts");
        Files.writeString(
                recording,
                file.substring(0, stts + 15) + (char) (file.charAt(stts + 15) - 1) + file.substring(stts + 16),
                StandardCharsets.ISO_8859_1);
        List<Source> sources = List.of(of(recording, 0, 1000, 2000));

        assertThatThrownBy(() -> CutTrial.fetchAndCut(scratch, sources, scratch.resolve("clip.mp4")))
                .isInstanceOf(FootageUnusableException.class)
                .hasMessageContaining("a recording is encrypted, and cannot be read: stts holds fewer");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"libx264, 320x180 4/3", "libx265, 320x180 4/3"})
    void anAspectRatioInTheTrackOnlyIsKept(String codec, String shape) throws Exception {
        FootageSpec spec = codec.equals("libx264") ? SPEC : HEVC;
        LooseMovie movie = LooseMovie.load(Footage.record(footage.resolve(codec + ".mp4"), spec, 0, 100, START));
        movie.picture().put("pasp", null);
        movie.picture().shownWidth = 427 << 16;
        Path recording = movie.write(footage.resolve(codec + "-stretched.mp4"));

        assertThat(cut(List.of(of(recording, 0, 1_000, 3_000))).count()).isEqualTo(50);
        Track clip = Movie.read(scratch.resolve("clip.mp4")).video().orElseThrow();
        assertThat(clip.entry().width()).isEqualTo(320);
        assertThat(pixelWidth(clip)).as(shape).isCloseTo(4 / 3.0, within(0.01));
    }

    private static double pixelWidth(Track clip) {
        String[] shape = clip.pixelShape().split("/");
        return Double.parseDouble(shape[0]) / Double.parseDouble(shape[1]);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"libx264", "libx265"})
    void anAspectRatioInTheParameterSetsOnlyIsKept(String codec) throws Exception {
        FootageSpec spec =
                (codec.equals("libx264") ? SPEC.withExtra("-pix_fmt", "yuv422p") : SPEC).withLastFilter("setsar=4/3");
        LooseMovie movie = LooseMovie.load(Footage.record(footage.resolve(codec + ".mp4"), spec, 0, 100, START));
        movie.picture().put("pasp", null);
        movie.picture().shownWidth = 320 << 16;
        Path recording = movie.write(footage.resolve(codec + "-sar.mp4"));

        assertThat(cut(List.of(of(recording, 0, 1_000, 3_000))).count()).isEqualTo(50);
        assertThat(pixelWidth(Movie.read(scratch.resolve("clip.mp4")).video().orElseThrow()))
                .isCloseTo(4 / 3.0, within(0.01));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"libx264", "libx265", "mjpeg"})
    void fullRangeColoursStaySo(String codec) throws Exception {
        FootageSpec full = SPEC.withBFrames(0).withExtra("-c:v", codec, "-pix_fmt", "yuvj420p", "-color_range", "pc");
        FootageSpec spec =
                codec.equals("libx265") ? full.withExtra("-x265-params", "log-level=error:range=full") : full;
        Path recording = Footage.record(
                footage.resolve("full-" + codec + ".mp4"),
                codec.equals("mjpeg") ? spec.withExtra("-flags", "-cgop", "-sc_threshold", "1000000000") : spec,
                0,
                100,
                START);

        assertThat(cut(List.of(of(recording, 0, 1_000, 3_000))).count()).isEqualTo(50);
        assertThat(pixelFormats(scratch.resolve("clip.mp4")))
                .hasSize(1)
                .allMatch(format -> format.startsWith("yuvj420p("));
    }

    /** Frame 40 is a keyframe, but no IDR picture; ffmpeg doubts the frames that soon follow it. */
    @ParameterizedTest
    @CsvSource({"40, 42", "40, 44", "41, 44", "43, 44"})
    void framesSoonAfterAKeyframeOfAnOpenGopAreNotLost(int from, int to) throws Exception {
        Path recording = scratch.resolve("open-gop.mp4");
        FootageSpec openGop =
                SPEC.withGop(20).withBFrames(2).withExtra("-flags", "-cgop", "-x264-params", "8x8dct=1:open-gop=1");
        Footage.record(recording, openGop, 0, 50, START);

        DecodedClip clip = cut(List.of(of(recording, 0, 40 * from, 40 * to)));

        assertThat(clip.frames())
                .extracting(Frame::number)
                .containsExactlyElementsOf(LongStream.range(from, to).boxed().toList());
    }

    @Test
    void aPictureOfFullChromaIsDecodedWithItsFirstSample() throws Exception {
        Path recording = footage.resolve("full-chroma.mp4");
        Footage.record(recording, SPEC.withExtra("-pix_fmt", "yuv444p"), 0, 150, START);
        Source source = of(recording, 0, 4_100, 5_300);
        FrameSelection selection = FrameSelection.of(
                        source, Movie.read(recording), source.from(), source.to(), FrameSelection.LONGEST_WAIT)
                .get(0);

        assertThat(new EncodedSegment(0, selection, 0, selection.frames(), false)
                        .samples()
                        .hasFirstSample())
                .isTrue();
        DecodedClip clip = cut(List.of(source));
        assertThat(clip.first()).isEqualTo(103);
        assertThat(clip.count()).isEqualTo(30);
        assertThat(clip.missing()).isEmpty();
        assertThat(clip.decodeErrors()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"libx264", "libx265"})
    void aCleanApertureIsKept(String codec) throws Exception {
        FootageSpec spec = codec.equals("libx264") ? SPEC : HEVC;
        LooseMovie movie = LooseMovie.load(Footage.record(footage.resolve(codec + "-a.mp4"), spec, 0, 100, START));
        movie.picture()
                .put("clap", new LooseBoxes().u32(320, 1, 160, 1, 0, 1, -10, 1).toBytes());
        Path recording = movie.write(footage.resolve(codec + "-clap.mp4"));

        assertThat(cut(List.of(of(recording, 0, 1_000, 3_000))).count()).isEqualTo(50);
        LooseTrack clip = LooseMovie.load(scratch.resolve("clip.mp4")).picture();
        assertThat(clip.picked("clap")).isEqualTo(movie.picture().picked("clap"));
    }

    @Test
    void aCleanApertureIsTurnedWithItsPicture() throws Exception {
        LooseMovie movie = LooseMovie.load(Footage.record(footage.resolve("turned-a.mp4"), HEVC, 0, 100, START));
        movie.picture()
                .put("clap", new LooseBoxes().u32(300, 1, 160, 1, 4, 1, -10, 1).toBytes());
        Path recording = movie.write(footage.resolve("turned-clap.mp4"));
        Mp4Rewrite.turn(recording);

        assertThat(cut(List.of(of(recording, 0, 1_000, 3_000))).count()).isEqualTo(50);
        LooseTrack clip = LooseMovie.load(scratch.resolve("clip.mp4")).picture();
        assertThat(clip.picked("clap"))
                .as("what was up is to the right")
                .isEqualTo(new LooseBoxes().u32(160, 1, 300, 1, 10, 1, 4, 1).toBytes());
    }

    @ParameterizedTest(name = "told by colr: {0}")
    @ValueSource(booleans = {true, false})
    void aHighDynamicRangeKeepsItsTenBits(boolean told) throws Exception {
        FootageSpec hdr = HEVC.withExtra("-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020")
                .withExtra("-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-movflags", "+write_colr+faststart");
        LooseMovie movie = LooseMovie.load(Footage.record(footage.resolve("hdr-10.mp4"), hdr, 0, 100, START));
        if (!told) {
            movie.picture().put("colr", null);
        }
        Path recording = movie.write(footage.resolve("hdr.mp4"));

        assertThat(cut(List.of(of(recording, 0, 1_000, 3_000))).count()).isEqualTo(50);
        assertThat(pixelFormats(scratch.resolve("clip.mp4")))
                .hasSize(1)
                .allMatch(format -> format.startsWith("yuv420p10le(") && format.contains("smpte2084"));
    }

    @Test
    void aHighDynamicRangeOfEightBitsIsEncodedInTen() throws Exception {
        FootageSpec hdr = SPEC.withExtra("-color_primaries", "bt2020", "-color_trc", "arib-std-b67")
                .withExtra("-colorspace", "bt2020nc");
        Path recording = Footage.record(footage.resolve("hlg-8.mp4"), hdr, 0, 150, START);

        assertThat(cut(List.of(of(recording, 0, 1_000, 5_000))).count()).isEqualTo(100);
        assertThat(pixelFormats(scratch.resolve("clip.mp4")))
                .hasSize(1)
                .allMatch(format -> format.startsWith("yuv420p10le(") && format.contains("arib-std-b67"));
    }

    @Test
    void lostFramesAreListedInAHundredPartsAtMost() {
        List<LostFrames> all = IntStream.range(0, 1234)
                .mapToObj(i -> new LostFrames(START.plusMillis(80L * i), START.plusMillis(80L * i + 40), 1))
                .toList();

        List<LostFrames> joined = LostFrames.joined(all);

        assertThat(joined).hasSizeLessThanOrEqualTo(100);
        assertThat(joined.stream().mapToInt(LostFrames::frames).sum()).isEqualTo(1234);
        assertThat(joined.get(0).from()).isEqualTo(START);
        assertThat(joined.get(joined.size() - 1).to()).isEqualTo(START.plusMillis(80 * 1233 + 40));
    }

    /** As ffmpeg reports the video, with range and colours. */
    private static List<String> pixelFormats(Path clip) throws IOException {
        Process ffmpeg = new ProcessBuilder(LocalFfmpeg.path().toString(), "-hide_banner", "-i", clip.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(ffmpeg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Pattern.compile("Video: .*?, (yuv\\w+\\([^)]*\\))")
                .matcher(said)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void timesBeyondAnyClockAreRefused() throws Exception {
        LooseMovie movie = LooseMovie.load(recording(1));
        movie.picture().timescale = 1;
        movie.picture().durations = LongStream.generate(() -> Integer.MAX_VALUE)
                .limit(movie.picture().samples.size())
                .toArray();
        Path recording = movie.write(footage.resolve("centuries.mp4"));

        assertThatThrownBy(() -> Movie.read(recording)).hasMessage("a sample is shown decades later");
    }

    @Test
    void aPictureThatOnlyTheTablesCallAKeyframeEndsInAReason() throws Exception {
        LooseMovie movie = LooseMovie.load(recording(1));
        movie.picture().each(sample -> sample.asKeyframe(true));
        Path recording = movie.write(footage.resolve("all-keys.mp4"));

        assertThatThrownBy(() -> cut(List.of(of(recording, 10_000, 13_100, 15_000))))
                .isInstanceOf(FootageUnusableException.class)
                .hasMessageContaining("a keyframe, which refers to others");
    }

    @Test
    void aRecordingThatIsTurnedDoesNotJoinOneThatIsNot() throws Exception {
        Path turned = footage.resolve("turned.mp4");
        Files.copy(recording(1), turned);
        Mp4Rewrite.turn(turned);

        CutReport report = CutTrial.plan(List.of(source(0, 8_000, 10_000), of(turned, 10_000, 10_000, 12_000)));

        assertThat(report.reason()).isEqualTo(FallbackReason.DIFFERENT_RECORDINGS);
    }

    @Test
    void aRecordingWhoseSizeChangesMidwayIsScaledToItsBeginning() throws Exception {
        FootageSpec stream = SPEC.withoutAudio().withBFrames(0);
        Path both = Footage.record(footage.resolve("small.h264"), stream, 0, 100, START);
        Path large = Footage.record(footage.resolve("large.h264"), stream.withSize(480, 270), 100, 100, START);
        Files.write(both, Files.readAllBytes(large), StandardOpenOption.APPEND);
        Path recording = footage.resolve("sizes.mp4");
        String ffmpeg = LocalFfmpeg.path().toString();
        new ProcessBuilder(ffmpeg, "-v", "error", "-r", "25", "-i", both.toString(), "-c", "copy", recording.toString())
                .inheritIO()
                .start()
                .waitFor();

        DecodedClip clip = cut(List.of(of(recording, 0, 2_500, 6_000)));

        assertThat(clip.first()).isEqualTo(63);
        assertThat(clip.last()).isEqualTo(149);
        assertThat(clip.missing()).isEmpty();
        assertThat(shape()).isEqualTo("320x180 1/1");
    }

    private String shape() throws Exception {
        Track video = Movie.read(scratch.resolve("clip.mp4")).video().orElseThrow();
        return video.entry().width() + "x" + video.entry().height() + " " + video.pixelShape();
    }

    @Test
    void aRecordingThatIsStillWrittenIsNotThereYet() throws IOException {
        Path cutOff = Files.write(footage.resolve("cut-off.mp4"), new byte[] {0, 0, 0, 8, 'f', 't', 'y', 'p'});
        Source source = new Source("key", cutOff, 8, "etag", START, START.plusSeconds(5), START, START.plusSeconds(5));

        assertThatThrownBy(() -> cut(List.of(source))).isInstanceOf(FootageMissingException.class);
    }

    private DecodedClip cut(List<Source> sources) throws IOException {
        Path clip = scratch.resolve("clip.mp4");
        Files.deleteIfExists(clip);
        CutTrial.fetchAndCut(scratch, sources, clip);
        return FrameReader.read(clip, SPEC);
    }

    private static Source source(int i, int from, int to) {
        return of(recording(i), i * SECONDS * 1000, from, to);
    }

    /** All times are in ms after the first recording's start. */
    private static Source of(Path recording, int start, int from, int to) {
        return new Source(
                recording.toString(),
                recording,
                1,
                "etag",
                START.plusMillis(start),
                START.plusMillis(to),
                START.plusMillis(from),
                START.plusMillis(to));
    }

    private static Path recording(int i) {
        return footage.resolve("recording-" + i + ".mp4");
    }
}

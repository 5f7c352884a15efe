package routes.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.failure.ObjectsLeftException;
import routes.failure.ServiceStoppingException;
import routes.settings.Settings.Transcode.Segments;
import routes.support.DecodedClip;
import routes.support.FootageSpec;
import routes.support.FrameReader;
import routes.support.LocalCloud;
import routes.support.LocalFfmpeg;
import routes.support.LocalResources;
import routes.support.OwnService;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A conversion that ended too early goes on after the stored segments, with one ffmpeg per attempt. */
@Tag("flow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {
    private static final FootageSpec COPIED =
            StreamFilms.spec().withSize(320, 180).withFps(30_000, 1001).withGop(50);
    private static final Duration LENGTH = Duration.ofSeconds(26);

    @TempDir
    static Path folder;

    private final LocalResources resources = OwnService.resources();
    private Path copied;
    private Path encoded;
    private OwnService fragmented;
    private OwnService transport;

    @BeforeAll
    void start() throws IOException {
        copied = film("copied", COPIED);
        encoded = film("encoded", COPIED.withExtra("-pix_fmt", "yuv422p"));
        fragmented = service(Segments.FMP4);
        transport = service(Segments.TS);
    }

    private Path film(String name, FootageSpec spec) throws IOException {
        return StreamFilms.record(Files.createTempDirectory(folder, name), spec, LENGTH);
    }

    private OwnService service(Segments segments) throws IOException {
        String name = segments.name().toLowerCase(Locale.ROOT);
        Path program = folder.resolve("ffmpeg-" + name);
        Files.writeString(
                program,
                "#!/bin/sh\necho run >> '%s'\nexec '%s' \"$@\"\n".formatted(runs(segments), LocalFfmpeg.path()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return OwnService.start(
                resources, Map.of("TRANSCODE_SEGMENTS", name, "LADDER", "180 144", "FFMPEG", program.toString()));
    }

    private static Path runs(Segments segments) {
        return folder.resolve("runs-" + segments);
    }

    @BeforeEach
    void forgetRuns() throws IOException {
        Files.deleteIfExists(runs(Segments.FMP4));
        Files.deleteIfExists(runs(Segments.TS));
    }

    @AfterEach
    void mendS3() {
        LocalCloud.shared().failS3(0, new Random(0));
        LocalCloud.shared().lockInS3(null);
    }

    @AfterAll
    void stop() {
        fragmented.close();
        transport.close();
    }

    private ConversionTrial trial(Segments segments) {
        OwnService service = segments == Segments.FMP4 ? fragmented : transport;
        return new ConversionTrial(service.camel(), resources.clipsBucket());
    }

    private void assertWhole(ConversionTrial trial, StoredStream stream, FootageSpec spec) throws Exception {
        PlayedStream played = trial.played();
        played.master();
        for (String rendition : stream.renditions()) {
            Path file = played.download(rendition, folder);
            assertThat(Identical.to(spec, spec.framesIn(LENGTH), file))
                    .as(rendition)
                    .isEmpty();
        }
        assertThat(trial.objects()).extracting(S3Object::key).containsExactlyInAnyOrderElementsOf(played.named());
    }

    @ParameterizedTest
    @EnumSource
    void aFilmIsConvertedByOneProcess(Segments segments) throws Exception {
        ConversionTrial trial = trial(segments);
        assertWhole(trial, trial.convert(encoded), COPIED);

        assertThat(Files.readAllLines(runs(segments))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"FMP4,50", "TS,90"})
    void aCopyGoesOnAfterAStop(Segments segments, int percent) throws Exception {
        ConversionTrial trial = trial(segments);
        assertThat(trial.fail(copied, FreeWork.stoppedAt(percent))).isInstanceOf(ServiceStoppingException.class);
        List<S3Object> before = trial.objects();
        StoredStream stream = trial.convert(copied);

        assertWhole(trial, stream, COPIED);
        assertThat(kept(before, trial.objects())).isGreaterThanOrEqualTo((before.size() - 2) * 2 / 3);
        assertThat(Files.readAllLines(runs(segments))).hasSize(2);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"FMP4,20", "FMP4,90", "TS,20", "TS,50"})
    void aCopyGoesOnWhereverItStopped(Segments segments, int percent) throws Exception {
        aCopyGoesOnAfterAStop(segments, percent);
    }

    @ParameterizedTest
    @CsvSource({"FMP4,90", "TS,50"})
    void aLadderGoesOnAfterStorageFailed(Segments segments, int percent) throws Exception {
        ConversionTrial trial = trial(segments);
        FreeWork work = FreeWork.at(percent, () -> LocalCloud.shared().failS3(1, new Random(0)));
        assertThat(trial.fail(encoded, work)).isInstanceOf(SdkException.class);
        LocalCloud.shared().failS3(0, new Random(0));
        List<S3Object> before = trial.objects();
        StoredStream stream = trial.convert(encoded);

        assertWhole(trial, stream, COPIED);
        assertThat(kept(before, trial.objects())).isGreaterThanOrEqualTo(before.size() / 2 - 4);
        assertThat(Files.readAllLines(runs(segments))).hasSize(2);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"FMP4,20", "FMP4,50", "TS,20", "TS,90"})
    void aLadderGoesOnWheneverStorageFailed(Segments segments, int percent) throws Exception {
        aLadderGoesOnAfterStorageFailed(segments, percent);
    }

    @Test
    void aSilentFilmGoesOnAgainAndAgain() throws Exception {
        goesOnTwice(35);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {15, 55, 75})
    void aSilentFilmGoesOnWhereverItStopped(int percent) throws Exception {
        goesOnTwice(percent);
    }

    private void goesOnTwice(int percent) throws Exception {
        FootageSpec spec = COPIED.withoutAudio();
        Path silent = film("silent", spec.withExtra("-pix_fmt", "yuv422p"));
        ConversionTrial trial = trial(Segments.FMP4);
        trial.fail(silent, FreeWork.stoppedAt(percent));
        trial.fail(silent, FreeWork.stoppedAt(percent + 15));
        assertWhole(trial, trial.convert(silent), spec);
    }

    @Test
    void whatIsLeftOverIsRemovedOrTheAttemptFails() throws Exception {
        ConversionTrial trial = trial(Segments.FMP4);
        String left = trial.leave("copy/00099-6000000.m4s");
        LocalCloud.shared().lockInS3(left);
        assertThat(trial.fail(copied, FreeWork.undisturbed()))
                .isInstanceOf(ObjectsLeftException.class)
                .hasMessageStartingWith("1 objects below transcodes/")
                .hasMessageEndingWith("could not be removed: AccessDenied");
        LocalCloud.shared().lockInS3(null);

        assertWhole(trial, trial.convert(copied), COPIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aac", "mp3"})
    void soundAloneGoesOn(String codec) throws Exception {
        Path film = StreamFilms.ffmpeg(
                folder.resolve(codec + ".mp4"), "-f", "lavfi", "-i", "sine=f=440:r=44100:d=60", "-c:a", codec);
        ConversionTrial trial = trial(Segments.FMP4);
        trial.fail(film, FreeWork.stoppedAt(50));
        StoredStream stream = trial.convert(film);

        assertThat(stream.durationMs()).isBetween(59_900L, 60_200L);
        Path heard = trial.played().download("audio", folder);
        // silence is heard where samples are missing, and none is
        assertThat(Gaps.of(heard)).isEmpty();
    }

    @Test
    void aFrameThatIsHeldWhileSoundGoesOnIsHeldAgain() throws Exception {
        holdsAgain(Segments.FMP4);
    }

    @Tag("full")
    @Test
    void aFrameThatIsHeldInATransportStreamIsHeldAgain() throws Exception {
        holdsAgain(Segments.TS);
    }

    @ParameterizedTest
    @EnumSource
    void eachSegmentHasItsSoundWhileAFrameIsHeld(Segments segments) throws Exception {
        ConversionTrial trial = trial(segments);
        trial.convert(held(segments, 10, 70));

        List<Path> files = trial.played().segments("180p", folder);
        assertThat(files).hasSize(12);
        for (int i = 0; i < files.size(); i++) {
            List<Double> sound = soundOf(files.get(i));
            // reordered frames are decoded up to two frames, which are of one second, before they are shown
            assertThat(sound.get(0)).as("start of sound in %d", i).isBetween(10 + i * 6 - 3.0, 10 + i * 6 + 0.1);
            assertThat(sound.get(sound.size() - 1))
                    .as("end of sound in %d", i)
                    .isBetween(10 + Math.min(70, i * 6 + 6) - 3.0, 10 + Math.min(70, i * 6 + 6) + 0.1);
        }
    }

    /** @return when its frames of sound start, in seconds */
    private static List<Double> soundOf(Path segment) throws Exception {
        Path list = StreamFilms.ffmpeg(
                Files.createTempFile(folder, "sound", ".txt"),
                "-copyts",
                "-i",
                segment.toString(),
                "-map",
                "0:a:0",
                "-c",
                "copy",
                "-f",
                "framecrc");
        List<String> lines = Files.readAllLines(list);
        double ticks = lines.stream()
                .filter(line -> line.startsWith("#tb 0: 1/"))
                .mapToDouble(line -> Double.parseDouble(line.substring("#tb 0: 1/".length())))
                .findFirst()
                .orElseThrow();
        return lines.stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Double.parseDouble(line.split(",", -1)[2].strip()) / ticks)
                .toList();
    }

    private static Path held(Segments segments, int picture, int sound) throws Exception {
        Path silent = StreamFilms.record(
                Files.createTempDirectory(folder, "held"), COPIED.withoutAudio(), Duration.ofSeconds(picture));
        return StreamFilms.ffmpeg(
                folder.resolve("held-" + picture + "-" + segments + ".mp4"),
                "-i",
                silent.toString(),
                "-f",
                "lavfi",
                "-i",
                "sine=f=440:r=48000:d=" + sound,
                "-c:v",
                "copy",
                "-c:a",
                "aac");
    }

    private void holdsAgain(Segments segments) throws Exception {
        Path film = held(segments, 4, 40);
        ConversionTrial trial = trial(segments);
        assertThat(trial.fail(film, FreeWork.stoppedAt(70))).isInstanceOf(ServiceStoppingException.class);
        List<S3Object> before = trial.objects();
        StoredStream stream = trial.convert(film);

        assertThat(stream.durationMs()).isBetween(39_980L, 40_060L);
        assertThat(kept(before, trial.objects())).isGreaterThanOrEqualTo(before.size() / 2 - 2);
        PlayedStream played = trial.played();
        for (String rendition : stream.renditions()) {
            assertThat(FrameReader.shown(played.download(rendition, folder)))
                    .as(rendition)
                    .extracting(DecodedClip.Frame::number)
                    .startsWith(0L, 1L)
                    .isSorted()
                    .hasSizeBetween(120 + 38, 120 + 44);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "TS")
    void aCopyWithEncodedSoundGoesOn(Segments segments) throws Exception {
        Path film = film("pcm", COPIED.withExtra("-c:a", "pcm_s16le", "-f", "mov"));
        ConversionTrial trial = trial(segments);
        assertThat(trial.fail(film, FreeWork.stoppedAt(60))).isInstanceOf(ServiceStoppingException.class);
        List<S3Object> before = trial.objects();

        assertWhole(trial, trial.convert(film), COPIED);
        assertThat(kept(before, trial.objects())).isPositive();
    }

    @Tag("full")
    @Test
    void aFragmentedCopyWithEncodedSoundGoesOn() throws Exception {
        aCopyWithEncodedSoundGoesOn(Segments.FMP4);
    }

    @Test
    void theCodecOfALatePictureIsFoundInALaterSegment() throws Exception {
        Path picture = film("late", COPIED.withoutAudio().withExtra("-pix_fmt", "yuv422p"));
        Path film = StreamFilms.ffmpeg(
                folder.resolve("late.mp4"),
                "-f",
                "lavfi",
                "-i",
                "anoisesrc=d=36:a=0.5:seed=1",
                "-itsoffset",
                "9.5",
                "-i",
                picture.toString(),
                "-c:v",
                "copy",
                "-c:a",
                "aac",
                "-b:a",
                "256k");
        ConversionTrial trial = trial(Segments.TS);
        trial.convert(film);

        assertThat(trial.played().master())
                .contains("FRAME-RATE=29.970,CODECS=\"avc1.6400")
                .doesNotContain("FRAME-RATE=29.970\n");
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotFitIsWrittenAgain(Segments segments) throws Exception {
        ConversionTrial trial = trial(segments);
        trial.fail(copied, FreeWork.stoppedAt(60));
        // another film below the same prefix
        StoredStream stream = trial.convert(encoded);

        assertWhole(trial, stream, COPIED);
    }

    /** @return number of objects that were not written again */
    private static long kept(List<S3Object> before, List<S3Object> after) {
        return before.stream()
                .filter(old -> after.stream()
                        .anyMatch(now -> now.key().equals(old.key())
                                && now.lastModified().equals(old.lastModified())
                                && now.eTag().equals(old.eTag())))
                .count();
    }
}

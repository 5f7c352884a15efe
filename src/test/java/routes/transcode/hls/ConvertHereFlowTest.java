package routes.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import routes.failure.NotAFilmException;
import routes.failure.PermanentException;
import routes.support.DecodedClip;
import routes.support.FlowTest;
import routes.support.FootageSpec;
import routes.support.FrameReader;
import routes.support.LocalCloud;

/** A film in; playlists and encrypted segments out, which are decrypted, decoded, and their frame numbers read. */
@FlowTest
class ConvertHereFlowTest {
    private static final FootageSpec SMALL = StreamFilms.spec().withSize(320, 180);

    @Autowired
    CamelContext camel;

    @TempDir
    Path folder;

    ConversionTrial trial;

    @BeforeEach
    void newTrial() {
        trial = new ConversionTrial(camel, LocalCloud.shared().resources().clipsBucket());
    }

    @Test
    void aFilmThatEveryPlayerShowsIsCopied() throws Exception {
        FootageSpec spec = StreamFilms.spec();
        StoredStream stream = trial.convert(StreamFilms.record(folder, spec, Duration.ofSeconds(20)));

        assertThat(stream).isEqualTo(new StoredStream(20_000, 640, 360, List.of("copy")));
        PlayedStream played = trial.played();
        assertThat(played.master())
                .matches("(?s)#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n"
                        + "#EXT-X-STREAM-INF:BANDWIDTH=\\d+,AVERAGE-BANDWIDTH=\\d+,RESOLUTION=640x360,FRAME-RATE=25.000,"
                        + "CODECS=\"avc1.6400[0-9a-f]{2},mp4a.40.2\"\ncopy/index.m3u8\n");
        assertThat(played.index("copy").lines())
                .contains("#EXT-X-TARGETDURATION:6", "00000-6000000.m4s", "00003-2000000.m4s", "#EXT-X-ENDLIST");
        assertThat(Identical.to(spec, 500, played.download("copy", folder))).isEmpty();
        assertThat(trial.objects()).hasSize(1 + 1 + 1 + 4);
    }

    @Test
    void anotherFilmIsEncodedInSizesThatHaveTheirKeyframesAtTheSameInstants() throws Exception {
        FootageSpec spec = StreamFilms.spec().withFps(30_000, 1001).withExtra("-pix_fmt", "yuv422p");
        Path film = StreamFilms.record(folder, spec, Duration.ofSeconds(8));
        StoredStream stream = trial.convert(film);

        assertThat(stream.renditions()).containsExactly("360p", "240p");
        PlayedStream played = trial.played();
        assertThat(played.master()).contains("RESOLUTION=640x360,FRAME-RATE=29.970", "RESOLUTION=426x240");
        for (String rendition : stream.renditions()) {
            assertThat(Identical.to(spec, spec.framesIn(Duration.ofSeconds(8)), played.download(rendition, folder)))
                    .isEmpty();
        }
        assertThat(played.index("360p")).isEqualTo(played.index("240p")).contains("00000-6006000.m4s");
    }

    /** Films that need something special. */
    enum Special {
        SILENT(SMALL.withoutAudio(), "copy"),
        FPS_15(SMALL.withFps(15, 1).withGop(30), "copy"),
        ONE_SECOND(SMALL, "copy"),
        OPEN_GOP(SMALL.withExtra("-flags", "-cgop", "-x264-params", "8x8dct=1:open-gop=1"), "copy"),
        FRAGMENTED(SMALL.withExtra("-movflags", "-faststart+frag_keyframe+delay_moov"), "copy"),
        /** A part of a stream. */
        LATE_START(
                SMALL.withExtra("-output_ts_offset", "100", "-movflags", "-faststart+frag_keyframe+delay_moov"),
                "copy"),
        LATE_START_ENCODED(
                SMALL.withExtra(
                        "-output_ts_offset",
                        "100",
                        "-movflags",
                        "-faststart+frag_keyframe+delay_moov",
                        "-pix_fmt",
                        "yuv422p"),
                "180p"),
        LONG_GOP(SMALL.withGop(400), "180p"),
        UNEVEN_TIMES(SMALL.withFrameTimes("setpts='round((N+0.05*mod(7*N,5))*3600)'"), "copy"),
        UNEVEN_TIMES_ENCODED(
                SMALL.withFrameTimes("setpts='round((N+0.05*mod(7*N,5))*3600)'").withExtra("-pix_fmt", "yuv422p"),
                "180p"),
        SILENT_ENCODED(SMALL.withoutAudio().withExtra("-pix_fmt", "yuv422p"), "180p"),
        FPS_15_ENCODED(SMALL.withFps(15, 1).withGop(30).withExtra("-pix_fmt", "yuv422p"), "180p"),
        ONE_SECOND_ENCODED(SMALL.withExtra("-pix_fmt", "yuv422p"), "180p"),
        INTERLACED(SMALL.withExtra("-flags", "+ilme+ildct", "-x264-params", "tff=1"), "180p"),
        TEN_BIT(SMALL.withExtra("-pix_fmt", "yuv420p10le"), "180p"),
        HEVC(
                SMALL.withExtra("-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=error:open-gop=0"),
                "180p"),
        PCM_SOUND(SMALL.withExtra("-c:a", "pcm_s16le", "-f", "mov"), "copy"),
        OTHER_SOUND(SMALL.withExtra("-c:a", "mp3"), "180p");

        @SuppressWarnings("ImmutableEnumChecker") // a record
        final FootageSpec spec;

        final String renditions;

        Special(FootageSpec spec, String renditions) {
            this.spec = spec;
            this.renditions = renditions;
        }

        Duration length() {
            return switch (this) {
                case ONE_SECOND, ONE_SECOND_ENCODED -> Duration.ofSeconds(1);
                // longer than a copy may be without a keyframe
                case LONG_GOP -> Duration.ofSeconds(16);
                default -> Duration.ofSeconds(8);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFrameIsShownOnce(Special film) throws Exception {
        StoredStream stream = trial.convert(StreamFilms.record(folder, film.spec, film.length()));

        assertThat(String.join(" ", stream.renditions())).isEqualTo(film.renditions);
        for (String rendition : stream.renditions()) {
            Path file = trial.played().download(rendition, folder);
            assertThat(Identical.to(film.spec, film.spec.framesIn(film.length()), file))
                    .as(rendition)
                    .isEmpty();
        }
    }

    @Test
    void aTurnedFilmIsUpright() throws Exception {
        Path film = StreamFilms.record(folder, StreamFilms.spec(), Duration.ofSeconds(2));
        Path turned = StreamFilms.ffmpeg(
                folder.resolve("turned.mp4"), "-i", film.toString(), "-c", "copy", "-metadata:s:v:0", "rotate=90");
        StoredStream stream = trial.convert(turned);

        assertThat(stream.renditions()).containsExactly("360p", "240p");
        assertThat(List.of(stream.widthPx(), stream.heightPx())).containsExactly(360, 640);
    }

    @Test
    void soundAloneHasOneRendition() throws Exception {
        Path film = StreamFilms.ffmpeg(
                folder.resolve("sound.mp4"), "-f", "lavfi", "-i", "sine=f=440:r=48000:d=20", "-c:a", "aac");
        StoredStream stream = trial.convert(film);

        assertThat(stream.renditions()).containsExactly("audio");
        assertThat(stream.widthPx()).isZero();
        assertThat(stream.durationMs()).isBetween(19_900L, 20_100L);
        assertThat(trial.played().master()).contains("CODECS=\"mp4a.40.2\"").doesNotContain("RESOLUTION");
    }

    /** One in a transport stream has service descriptions, with which a static ffmpeg crashes. */
    @ParameterizedTest
    @ValueSource(strings = {"mkv", "ts"})
    void aFilmInAnotherContainerIsRemuxed(String container) throws Exception {
        Path film = StreamFilms.record(folder, SMALL, Duration.ofSeconds(8));
        Path other = StreamFilms.ffmpeg(folder.resolve("film." + container), "-i", film.toString(), "-c", "copy");
        StoredStream stream = trial.convert(other);

        assertThat(stream.renditions()).containsExactly("copy");
        assertThat(Identical.to(SMALL, 200, trial.played().download("copy", folder)))
                .isEmpty();
    }

    @Test
    void aFilmThatMp4CannotHoldIsEncodedAsItsOwnCodecDemands() throws Exception {
        Path film = StreamFilms.record(folder, SMALL, Duration.ofSeconds(4));
        Path other = StreamFilms.ffmpeg(
                folder.resolve("film.avi"), "-i", film.toString(), "-c:v", "wmv2", "-q:v", "3", "-c:a", "pcm_s16le");
        StoredStream stream = trial.convert(other);

        assertThat(stream.renditions()).containsExactly("180p");
        assertThat(FrameReader.shown(trial.played().download("180p", folder))).hasSize(100);
    }

    @Test
    void onlySoundIsEncodedIfMp4CanHoldThePicture() throws Exception {
        Path film = StreamFilms.record(folder, SMALL, Duration.ofSeconds(4));
        Path other = StreamFilms.ffmpeg(
                folder.resolve("film.mkv"), "-i", film.toString(), "-c:v", "copy", "-c:a", "pcm_s16le");
        StoredStream stream = trial.convert(other);

        assertThat(stream.renditions()).containsExactly("copy");
        assertThat(Identical.to(SMALL, 100, trial.played().download("copy", folder)))
                .isEmpty();
    }

    @Test
    void soundThatOutlastsThePictureBelongsToTheLastSegment() throws Exception {
        StoredStream stream = trial.convert(withSound(Duration.ofSeconds(8), 12));

        assertThat(stream.renditions()).containsExactly("copy");
        assertThat(stream.durationMs()).isBetween(11_980L, 12_060L);
        assertThat(trial.played().index("copy"))
                .contains("#EXTINF:6.000000,\n")
                .containsPattern("#EXTINF:(5.9|6.0)\\d+,\n00001-")
                .doesNotContain("00002-");
    }

    @Test
    void longSoundAfterThePictureIsDividedToo() throws Exception {
        FreeWork work = FreeWork.undisturbed();
        assertThat(trial.fail(withSound(Duration.ofMillis(40), 20), work)).isNull();

        PlayedStream played = trial.played();
        assertThat(played.renditions()).containsExactly("180p");
        assertThat(played.index("180p"))
                .contains("#EXT-X-TARGETDURATION:6", "00000-6000000", "00001-6000000", "00002-6000000", "00003-20");
        assertThat(work.reached().get(work.reached().size() - 1)).isGreaterThanOrEqualTo(94);
        Path file = played.download("180p", folder);
        assertThat(FrameReader.shown(file))
                .allMatch(frame -> frame.number() == 0)
                .hasSizeBetween(23, 25);
        assertThat(Gaps.of(file)).isEmpty();
    }

    @Test
    void aSegmentLastsUntilTheNextOneBegins() throws Exception {
        FootageSpec spec = SMALL.withFrameTimes(
                        "select='lt(mod(n,200),100)+eq(n,199)',setpts='N*3600+gte(N,100)*360000'")
                .withExtra("-pix_fmt", "yuv422p");
        trial.convert(StreamFilms.record(folder, spec, Duration.ofSeconds(8)));

        // the frames are shown until 4 s and from 8 s on
        assertThat(trial.played().index("180p")).contains("00000-8000000");
    }

    /** Rates that fall to 3.6 frames per second and to one frame in 3 s. */
    @ParameterizedTest
    @ValueSource(strings = {"setpts='(N+6*max(N-50,0))*3600'", "setpts='(N+74*max(N-90,0))*3600'"})
    void everyFrameIsShownAtItsTimeIfFramesAreSparse(String frameTimes) throws Exception {
        FootageSpec spec = SMALL.withoutAudio().withFrameTimes(frameTimes).withExtra("-pix_fmt", "yuv422p");
        Path film = StreamFilms.record(folder, spec, Duration.ofSeconds(4));
        StoredStream stream = trial.convert(film);

        assertThat(stream.renditions()).containsExactly("180p");
        assertThat(millis(trial.played().download("180p", folder))).isEqualTo(millis(film));
    }

    /** @return of each frame, its number and when it is shown, in milliseconds after the first one */
    private static List<List<Long>> millis(Path film) {
        List<DecodedClip.Frame> frames = FrameReader.shown(film);
        double first = frames.get(0).ptsSeconds();
        return frames.stream()
                .map(frame -> List.of(frame.number(), Math.round((frame.ptsSeconds() - first) * 1000)))
                .toList();
    }

    private Path withSound(Duration picture, int seconds) throws Exception {
        Path film = StreamFilms.record(folder, SMALL.withoutAudio(), picture);
        return StreamFilms.ffmpeg(
                folder.resolve("sound.mp4"),
                "-i",
                film.toString(),
                "-f",
                "lavfi",
                "-i",
                "sine=f=440:r=48000:d=" + seconds,
                "-c:v",
                "copy",
                "-c:a",
                "aac");
    }

    @Test
    void whatIsNoFilmIsRefusedAndLeavesNothing() throws Exception {
        Path text = Files.writeString(folder.resolve("film.mp4"), "this is no film ".repeat(1000));
        Throwable failure = trial.fail(text, FreeWork.undisturbed());

        assertThat(failure).isInstanceOf(NotAFilmException.class);
        assertThat(((PermanentException) failure).publicReason())
                .isEqualTo("the file is not a film that can be decoded");
        assertThat(trial.objects()).isEmpty();
    }

    @Test
    void progressGrowsWithWhatIsStored() throws Exception {
        FreeWork work = FreeWork.undisturbed();
        Throwable failure = trial.fail(StreamFilms.record(folder, SMALL, Duration.ofSeconds(60)), work);

        assertThat(failure).isNull();
        assertThat(work.reached()).containsExactly(14, 23, 32, 41, 50, 59, 68, 77, 86, 95);
    }

    @Test
    void aDecodedFilmIsCompared() throws Exception {
        // the comparison itself finds what is wrong
        FootageSpec spec = StreamFilms.spec();
        Path film = StreamFilms.record(folder, spec, Duration.ofSeconds(2));
        DecodedClip decoded = FrameReader.read(film, spec);

        assertThat(decoded.count()).isEqualTo(50);
        assertThat(Identical.to(spec, 51, film)).contains("50 frames");
    }
}

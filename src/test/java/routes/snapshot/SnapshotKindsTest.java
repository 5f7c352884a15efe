package routes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.support.DecodedClip.Frame;
import routes.support.FlowTest;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.FrameReader;
import routes.support.KinesisVideoServer;
import routes.support.LocalCloud;
import routes.support.LocalServices;
import routes.support.LooseMovie;
import routes.support.LooseSample;
import routes.support.Mp4Rewrite;
import routes.support.PictureClient;

/** Fragments of every kind of codec and file show their last frame. */
@FlowTest
class SnapshotKindsTest {
    private static final int FRAMES = 50;
    private static final Duration LENGTH = Duration.ofSeconds(2);

    private final KinesisVideoServer streams = LocalCloud.shared().kinesisVideo();
    private final String stream = "stream-" + UUID.randomUUID();
    private Instant producedAt;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private PictureClient pictures;

    @BeforeEach
    void connect() {
        // not before the application has started
        producedAt = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 4);
        pictures = new PictureClient(
                URI.create("http://127.0.0.1:" + port), LocalServices.tokens().token("viewer"));
    }

    private static FootageSpec codec(String name) {
        FootageSpec spec = FootageSpec.standard().withSize(320, 180);
        return switch (name) {
            case "B_FRAMES" -> spec.withBFrames(2);
            case "OPEN_GOP" ->
                spec.withGop(20).withBFrames(2).withExtra("-flags", "-cgop", "-x264-params", "8x8dct=1:open-gop=1");
            case "HEVC" ->
                spec.withGop(20)
                        .withExtra("-c:v", "libx265", "-tag:v", "hvc1", "-bf", "2", "-x265-params", "log-level=error");
            default -> spec;
        };
    }

    private static FootageSpec file(FootageSpec codec, String file) {
        return switch (file) {
            case "FRAGMENTED" -> codec.withExtra("-movflags", "-faststart+frag_keyframe+delay_moov");
            case "CMAF" -> codec.withExtra("-movflags", "-faststart+cmaf+delay_moov+frag_keyframe+default_base_moof");
            case "WITHOUT_EDIT_LIST" -> codec.withExtra("-use_editlist", "0");
            case "WALL_CLOCK" ->
                codec.withExtra("-movflags", "-faststart+frag_keyframe+empty_moov", "-output_ts_offset", "1795212304");
            case "SOUND_LONGER" -> codec.withExtra("-filter:a", "apad=pad_dur=1.5");
            default -> codec;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, MP4",
        "PLAIN, FRAGMENTED",
        "PLAIN, CMAF",
        "PLAIN, WITHOUT_EDIT_LIST",
        "PLAIN, WALL_CLOCK",
        "PLAIN, CUT_OFF",
        "PLAIN, SOUND_LONGER",
        "B_FRAMES, MP4",
        "B_FRAMES, FRAGMENTED",
        "B_FRAMES, CMAF",
        "B_FRAMES, WITHOUT_EDIT_LIST",
        "B_FRAMES, WALL_CLOCK",
        "B_FRAMES, CUT_OFF",
        "B_FRAMES, SOUND_LONGER",
        "OPEN_GOP, MP4",
        "OPEN_GOP, FRAGMENTED",
        "OPEN_GOP, CMAF",
        "OPEN_GOP, WITHOUT_EDIT_LIST",
        "OPEN_GOP, WALL_CLOCK",
        "OPEN_GOP, CUT_OFF",
        "OPEN_GOP, SOUND_LONGER",
        "HEVC, MP4",
        "HEVC, FRAGMENTED",
        "HEVC, CMAF",
        "HEVC, WITHOUT_EDIT_LIST",
        "HEVC, WALL_CLOCK",
        "HEVC, CUT_OFF",
        "HEVC, SOUND_LONGER"
    })
    void theLastFrameIsShownAtItsInstant(String codec, String file) throws Exception {
        Path clip = folder.resolve("clip.mp4");
        int frames = FRAMES;
        Footage.record(clip, file(codec(codec), file), 1000, FRAMES, producedAt);
        if (file.equals("CUT_OFF")) {
            // the last of five fragments is incomplete
            LooseMovie.load(clip).writeFragments(clip, 0.4, 0);
            frames = cutOff(clip);
        }

        HttpResponse<byte[]> answer = snapshot(clip, "");

        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.ISO_8859_1))
                .isEqualTo(200);
        assertThat(PictureClient.frame(answer.body())).isEqualTo(1000 + frames - 1);
        // without an edit list, ffmpeg delays the picture by the start of the sound
        long millis = Long.parseLong(
                answer.headers().firstValue("X-Frame-Time").orElseThrow().replace(".", ""));
        assertThat(Instant.ofEpochMilli(millis))
                .isCloseTo(producedAt.plusMillis(40L * (frames - 1)), within(39, ChronoUnit.MILLIS));
    }

    /** @return number of frames that are left */
    private static int cutOff(Path clip) throws IOException {
        List<Frame> all = FrameReader.shown(clip);
        try (FileChannel channel = FileChannel.open(clip, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(clip) * 7 / 8);
        }
        List<Frame> left = FrameReader.shown(clip);
        assertThat(left.size()).isBetween(1, all.size() - 1);
        return (int) (left.get(left.size() - 1).number() - all.get(0).number() + 1);
    }

    private HttpResponse<byte[]> snapshot(Path clip, String query) {
        streams.put(stream, clip, producedAt, LENGTH);
        return pictures.get("/streams/" + stream + "/snapshot.jpg" + query);
    }

    /** The number in the picture can be read in an upright one only. */
    @ParameterizedTest
    @CsvSource({"90, transpose=2", "180, 'hflip,vflip'", "270, transpose=1"})
    void aTurnedPictureIsUpright(int degrees, String camera) throws Exception {
        FootageSpec turned = codec("B_FRAMES").withLastFilter(camera);
        Path clip = Footage.record(folder.resolve("clip.mp4"), turned, 0, FRAMES, producedAt);
        Mp4Rewrite.turn(clip, degrees);

        HttpResponse<byte[]> answer = snapshot(clip, "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Jpeg.of(answer.body()).size()).isEqualTo("320x180");
        assertThat(PictureClient.frame(answer.body())).isEqualTo(FRAMES - 1);
        assertThat(Jpeg.of(snapshot(clip, "?width=160").body()).size()).isEqualTo("160x90");
    }

    @Test
    void wideSamplesAreShownAsAPlayerShowsThem() {
        FootageSpec wide = codec("PLAIN").withLastFilter("setsar=4/3");
        Path clip = Footage.record(folder.resolve("clip.mp4"), wide, 0, FRAMES, producedAt);

        assertThat(Jpeg.of(snapshot(clip, "").body()).size()).isEqualTo("427x180");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30, 50, 65, 75, 80, 90, 95, 100})
    void theQualityIsThatOfLibjpeg(int quality) {
        Path clip = Footage.record(folder.resolve("clip.mp4"), codec("PLAIN"), 0, FRAMES, producedAt);

        HttpResponse<byte[]> answer = snapshot(clip, "?quality=" + quality);

        assertThat(Jpeg.of(answer.body()).quality()).isBetween(quality - 3, quality + 3);
    }

    /**
     * The decoder of HEVC reports no damage inside a slice.
     *
     * @param whole whether little of the keyframe is left, otherwise its first half
     */
    @ParameterizedTest
    @CsvSource({"PLAIN, true", "PLAIN, false", "B_FRAMES, true", "B_FRAMES, false", "OPEN_GOP, false"})
    void aDamagedKeyframeIsNoPicture(String codec, boolean whole) throws Exception {
        Path clip = Footage.record(folder.resolve("clip.mp4"), codec(codec), 0, FRAMES, producedAt);
        LooseMovie movie = LooseMovie.load(clip);
        movie.picture()
                .samples
                .replaceAll(sample -> sample.keyframe()
                        ? scrambled(sample, whole ? 64 : sample.data().remaining() / 2)
                        : sample);
        movie.write(clip);

        HttpResponse<byte[]> answer = snapshot(clip, "");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("cannot be decoded");
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).doesNotContain("immutable");
    }

    @Test
    void damageInAFrameThatThePictureRefersToIsNoPicture() throws Exception {
        Path clip = Footage.record(folder.resolve("clip.mp4"), codec("PLAIN"), 0, FRAMES, producedAt);
        LooseMovie movie = LooseMovie.load(clip);
        movie.picture()
                .samples
                .set(FRAMES - 3, scrambled(movie.picture().samples.get(FRAMES - 3), 64));
        movie.write(clip);

        assertThat(snapshot(clip, "").statusCode()).isEqualTo(422);
    }

    /** @return the same, with other bytes from there on */
    private static LooseSample scrambled(LooseSample sample, int from) {
        byte[] data = new byte[sample.data().remaining()];
        sample.data().duplicate().get(data);
        Random random = new Random(data.length);
        for (int i = from; i < data.length; i++) {
            data[i] = (byte) random.nextInt();
        }
        return sample.with(data);
    }

    @Test
    void videoThatCannotBeReadIsReported() throws Exception {
        Path clip = Files.write(folder.resolve("clip.mp4"), new byte[5000]);

        assertThat(snapshot(clip, "").statusCode()).isEqualTo(422);
    }
}

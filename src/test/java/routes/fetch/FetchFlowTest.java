package routes.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.mp4.Movie;
import routes.mp4.Samples;
import routes.support.CameraApi;
import routes.support.ClipClient;
import routes.support.DecodedClip;
import routes.support.FlowTest;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.FrameReader;
import routes.support.LocalCloud;
import routes.support.LocalResources;
import routes.support.LocalServices;

/** The bytes that are read from the bucket for a clip, for all positions of the tables. */
@FlowTest
class FetchFlowTest {
    private static final FootageSpec SMALL =
            FootageSpec.standard().withSize(320, 180).withBFrames(2);
    /** Four megabits per second, so that reads of tables are visible beside those of samples. */
    private static final FootageSpec LARGE = FootageSpec.standard()
            .withSize(1280, 720)
            .withBFrames(2)
            .withExtra("-crf", "-1", "-b:v", "4M", "-minrate", "4M", "-maxrate", "4M", "-bufsize", "4M")
            .withExtra("-x264-params", "nal-hrd=cbr");

    private static final int FRAMES = 400;
    private static final double OVERHEAD = 1.01;

    private final ClipClient client = LocalServices.client();
    private final CameraApi cameras = LocalServices.cameras();
    private final String clipId = ClipClient.newId();
    private final Instant start = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "-movflags {0}")
    @ValueSource(strings = {"+faststart", "-faststart"})
    @DisabledIfSystemProperty(named = "other.aws", matches = "true", disabledReason = "only the embedded S3 counts")
    void onlyTheBytesOfTheClipAreRead(String flags) throws Exception {
        Path recording = record(LARGE.withExtra("-movflags", flags), FRAMES);
        store(recording);

        ask(5_010, 9_500);

        client.awaitStatus(clipId, "DONE");
        long needed = needed(recording, 126, 238);
        List<Long> reads = LocalCloud.shared().readsFromS3(key());
        assertThat(reads.stream().mapToLong(bytes -> bytes).sum())
                .as("responses of %s bytes", reads)
                .isBetween(needed, (long) (needed * OVERHEAD));
        assertThat(reads)
                .as("offset of the tables, the tables, the first sample, the samples, and sound after the last picture")
                .hasSizeBetween(4, 5);
        DecodedClip clip = clip(LARGE);
        assertThat(clip.first()).isEqualTo(126);
        assertThat(clip.last()).isEqualTo(237);
    }

    @Test
    void aRecordingInFragmentsIsReadWhole() throws Exception {
        Path recording = record(SMALL.withExtra("-movflags", "-faststart+frag_keyframe+delay_moov"), 250);
        store(recording);

        ask(3_010, 7_500);

        client.awaitStatus(clipId, "DONE");
        DecodedClip clip = clip(SMALL);
        assertThat(clip.decodeErrors()).isEmpty();
        assertThat(clip.first()).isEqualTo(76);
        assertThat(clip.last()).isEqualTo(187);
        assertThat(clip.missing()).isEmpty();
        assertThat(clip.largestAudioOffsetMs()).isLessThan(45);
    }

    @Test
    void aRecordingThatIsStillBeingWrittenIsCheckedAgain() throws Exception {
        Path recording = record(SMALL.withExtra("-movflags", "-faststart"), 250);
        byte[] whole = Files.readAllBytes(recording);
        store(Files.write(folder.resolve("half.mp4"), Arrays.copyOf(whole, whole.length / 2)));
        ask(3_010, 7_500);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> client.jobStatus(clipId).equals("RUNNING")
                        && !client.job(clipId).containsKey("owner"));

        LocalCloud.shared().s3().putObject(r -> r.bucket(bucket()).key(key()), recording);

        client.awaitStatus(clipId, "DONE");
        assertThat(clip(SMALL).count()).isEqualTo(112);
    }

    private Path record(FootageSpec spec, int frames) {
        return Footage.record(folder.resolve("recording.mp4"), spec, 0, frames, start);
    }

    private void store(Path recording) {
        LocalCloud.shared().s3().putObject(r -> r.bucket(bucket()).key(key()), recording);
        cameras.addCamera(clipId, clipId);
        cameras.addRecording(clipId, start, start.plusSeconds(10), clipId + ".mp4");
    }

    /** Requests a clip of the only recording of a camera. */
    private void ask(long fromMillis, long toMillis) {
        client.send(ClipClient.request(clipId, start.plusMillis(fromMillis), start.plusMillis(toMillis))
                .put("cameraId", clipId)
                .toString());
    }

    private static String bucket() {
        return LocalCloud.shared().resources().originBucket();
    }

    private String key() {
        return LocalResources.ORIGIN_DIR + "/" + clipId + ".mp4";
    }

    private DecodedClip clip(FootageSpec spec) {
        String key = clipId + "/" + clipId + ".mp4";
        return FrameReader.read(client.download(key, folder.resolve("clip.mp4")), spec);
    }

    /**
     * @return bytes outside of samples, of the video samples from the keyframe before the first frame, and of their
     *     audio
     */
    private static long needed(Path recording, int first, int end) throws Exception {
        Movie movie = Movie.read(recording);
        long timescale = movie.video().orElseThrow().timescale();
        Samples video = movie.video().orElseThrow().samples();
        long keyframe = (long) first / LARGE.gop() * LARGE.gop();
        long last = IntStream.range(0, video.count())
                .filter(i -> video.time(i) * 25 / timescale < end)
                .max()
                .orElseThrow();
        long pictures = IntStream.range(0, video.count())
                .filter(i -> video.time(i) * 25 / timescale >= keyframe && i <= last)
                .mapToLong(i -> video.size(i))
                .sum();
        Samples audio = movie.audio().orElseThrow().samples();
        long sounds = IntStream.range(0, audio.count())
                .filter(i -> audio.time(i) > keyframe * 1920L && audio.time(i) + 1024 < end * 1920L)
                .mapToLong(i -> audio.size(i))
                .sum();
        long samples = IntStream.range(0, video.count()).mapToLong(video::size).sum()
                + IntStream.range(0, audio.count()).mapToLong(audio::size).sum();
        return Files.size(recording) - samples + pictures + sounds;
    }
}

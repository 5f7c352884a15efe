package routes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;

/** Three recordings of 10 s each, about an hour old, in LocalCloud's origin bucket and in the camera API's list. */
public final class PastFootage {
    private static final Duration EACH = Duration.ofSeconds(10);
    private static PastFootage shared;

    private final CameraSimulator camera;
    private final Instant broken;
    private final Instant damaged;

    private PastFootage(LocalCloud cloud, CameraApi api) throws IOException {
        FootageSpec spec = FootageSpec.standard().withSize(320, 180).withBFrames(2);
        String bucket = cloud.resources().originBucket();
        camera = new CameraSimulator(cloud.s3(), bucket, LocalResources.ORIGIN_DIR, api, CameraApi.ALIAS, spec);
        camera.recordPast(Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS), EACH, 3);
        broken = start().minusSeconds(600);
        damaged = start().minusSeconds(1200);
        add(cloud, api, "test.stream.broken.mp4", broken, withoutPicture());
        add(cloud, api, "test.stream.damaged.mp4", damaged, withDamagedFrame(spec));
    }

    private static void add(LocalCloud cloud, CameraApi api, String name, Instant start, byte... bytes) {
        cloud.s3()
                .putObject(
                        r -> r.bucket(cloud.resources().originBucket()).key(LocalResources.ORIGIN_DIR + "/" + name),
                        RequestBody.fromBytes(bytes));
        api.addRecording(CameraApi.ALIAS, start, start.plus(EACH), name);
    }

    /** Recorded once for the whole suite. */
    public static synchronized PastFootage shared() {
        try {
            if (shared == null) {
                shared = new PastFootage(LocalCloud.shared(), LocalServices.cameras());
            }
            return shared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the first frame's instant */
    public Instant start() {
        return camera.epoch();
    }

    /** @return the number of the first frame at or after an instant */
    public long frameAt(Instant instant) {
        return camera.frameAt(instant);
    }

    public FootageSpec spec() {
        return camera.spec();
    }

    /** @return the start of ten seconds whose recording has audio only */
    public Instant brokenRecording() {
        return broken;
    }

    /** @return the start of ten seconds with bit errors in one frame, four seconds later */
    public Instant damagedRecording() {
        return damaged;
    }

    private static byte[] withDamagedFrame(FootageSpec spec) throws IOException {
        Path file = Files.createTempFile("damaged", ".mp4");
        LooseMovie movie = LooseMovie.load(Footage.record(file, spec, 0, 250, Instant.EPOCH));
        LooseTrack picture = movie.picture();
        LooseSample sample = picture.samples.get(101);
        byte[] data = new byte[sample.data().remaining()];
        sample.data().duplicate().get(data);
        for (int i = data.length / 2; i < Math.min(data.length, data.length / 2 + 20); i++) {
            data[i] ^= (byte) 0xA5;
        }
        picture.samples.set(101, sample.with(data));
        byte[] bytes = Files.readAllBytes(movie.write(file));
        Files.delete(file);
        return bytes;
    }

    private static byte[] withoutPicture() throws IOException {
        Path file = Files.createTempFile("sound", ".mp4");
        FfmpegResult.of(List.of("-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", file.toString()));
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }
}

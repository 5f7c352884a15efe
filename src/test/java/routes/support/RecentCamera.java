package routes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** A camera of one test: consecutive recordings of two seconds, stored immediately and listed on request. */
public final class RecentCamera {
    public static final Duration EACH = Duration.ofSeconds(2);

    private final String id = "cam-" + UUID.randomUUID();
    private final CameraApi api = LocalServices.cameras();
    private final List<SimulatedRecording> recordings;
    private final Instant epoch;
    private final FootageSpec spec = FootageSpec.standard().withSize(320, 180);

    /**
     * Creates the recordings.
     *
     * @param start of the first recording; the last ones may be in the future
     */
    public RecentCamera(Instant start, int count) {
        LocalCloud cloud = LocalCloud.shared();
        String bucket = cloud.resources().originBucket();
        try (CameraSimulator camera =
                new CameraSimulator(cloud.s3(), bucket, LocalResources.ORIGIN_DIR, api, id, spec)) {
            api.addCamera(id, id);
            camera.recordPast(start.truncatedTo(ChronoUnit.SECONDS), EACH, count);
            recordings = camera.recordings();
            epoch = camera.epoch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        recordings.forEach(r -> api.removeRecording(r.fileName()));
    }

    public String id() {
        return id;
    }

    /**
     * @param recording counted from 0
     * @return its start
     */
    public Instant start(int recording) {
        return recordings.get(recording).start();
    }

    /** @return the number of the first frame at or after an instant */
    public long frameAt(Instant instant) {
        return spec.framesIn(Duration.between(epoch, instant));
    }

    public void list(int recording) {
        SimulatedRecording listed = recordings.get(recording);
        api.addRecording(id, listed.start(), listed.end(), listed.fileName());
    }
}

package routes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;

/** A camera of one test, with recordings of any content. */
public final class OwnRecordings {
    private static byte[] tenSeconds;

    private final String id = "cam-" + UUID.randomUUID();
    private final CameraApi api = LocalServices.cameras();
    private int count;

    public OwnRecordings() {
        api.addCamera(id, id);
    }

    public String id() {
        return id;
    }

    /**
     * Lists a recording, and stores it.
     *
     * @param content null for one that is not stored
     * @return its key
     */
    public String add(Instant start, Duration length, byte[] content) {
        LocalCloud cloud = LocalCloud.shared();
        String name = id + "." + count++ + ".mp4";
        String key = LocalResources.ORIGIN_DIR + "/" + name;
        if (content != null) {
            cloud.s3()
                    .putObject(
                            r -> r.bucket(cloud.resources().originBucket()).key(key), RequestBody.fromBytes(content));
        }
        api.addRecording(id, start, start.plus(length), name);
        return key;
    }

    /** @return a header without tracks */
    public static byte[] withoutPicture() {
        return ByteBuffer.allocate(100)
                .putInt(100)
                .put("moov".getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /** @return an MP4 with the frames 0 to 249, 25 a second */
    public static synchronized byte[] tenSeconds() {
        if (tenSeconds == null) {
            try {
                Path file = Files.createTempFile("ten-seconds", ".mp4");
                FootageSpec spec = FootageSpec.standard().withSize(320, 180);
                tenSeconds = Files.readAllBytes(Footage.record(file, spec, 0, 250, Instant.EPOCH));
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tenSeconds.clone();
    }
}

package routes.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Variable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import routes.scratch.ScratchSpace;
import routes.scratch.Workspace;
import routes.settings.Settings;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.KinesisVideoArchivedMediaClient;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.Format;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.FormatConfigKey;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.Image;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.ImageSelectorType;

/** Gets the newest image of a live stream that Kinesis Video decodes; each method is one step of a route. */
@Component("liveImages")
public class LiveImages {
    /** The shortest interval that Kinesis Video allows. */
    private static final Duration SHORTEST = Duration.ofMillis(200);
    /** Images of a fragment. If its last frame is shorter than listed, the image before is at most so much older. */
    private static final int IMAGES = 4;
    /** Images per answer. */
    private static final int PAGE = 100;
    /** Scratch space for an image and a smaller one. */
    private static final long MARGIN = 32 << 20;

    private final DataEndpoints endpoints;
    private final KinesisVideoArchivedMediaClient client;
    private final ScratchSpace scratch;
    private final boolean enabled;

    LiveImages(
            DataEndpoints endpoints,
            @Lazy KinesisVideoArchivedMediaClient client,
            ScratchSpace scratch,
            Settings settings) {
        this.endpoints = endpoints;
        this.client = client;
        this.scratch = scratch;
        this.enabled = settings.snapshot().source() == Settings.Snapshot.Source.IMAGES;
    }

    public boolean isEnabled() {
        return enabled;
    }

    /**
     * Writes the newest image of the fragment to the workspace.
     *
     * @return the source with the instant of the image
     * @throws NoSnapshotException if there is none
     */
    public FrameSource fetch(
            @Variable("fragment") LiveFragment fragment,
            @Variable("source") FrameSource source,
            @Variable("request") SnapshotRequest request,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        scratch.reserve(workspace, MARGIN, 0);
        Image newest = newest(fragment, request).orElseThrow(NoSnapshotException::gone);
        byte[] jpeg = Base64.getDecoder().decode(newest.imageContent());
        Files.write(workspace.file(isResized(request) ? StillPictures.IMAGE : StillPictures.PICTURE), jpeg);
        return source.at(Millis.after(newest.timeStamp()));
    }

    /** Kinesis Video needs width and height together, and the height is not known. */
    static boolean isResized(SnapshotRequest request) {
        return request.width() > 0;
    }

    /**
     * The last image is that of the last millisecond: of the last frame. Entries without media are skipped.
     */
    private Optional<Image> newest(LiveFragment fragment, SnapshotRequest request) {
        Duration part = fragment.length().dividedBy(IMAGES);
        Duration interval = Duration.ofMillis(part.compareTo(SHORTEST) < 0 ? SHORTEST.toMillis() : part.toMillis());
        Instant last = fragment.producedUntil().minusMillis(1);
        // the first image is missing unless the window begins a fragment earlier
        long before = 2 * fragment.length().toMillis() / interval.toMillis() + 1;
        return endpoints.call(fragment.stream(), APIName.GET_IMAGES, endpoint -> client
                .getImagesPaginator(r -> r.overrideConfiguration(o -> o.endpointProvider(endpoint))
                        .streamName(fragment.stream())
                        .imageSelectorType(ImageSelectorType.PRODUCER_TIMESTAMP)
                        .startTimestamp(last.minus(interval.multipliedBy(before)))
                        .endTimestamp(last.plusMillis(1))
                        .samplingInterval((int) interval.toMillis())
                        .maxResults((long) PAGE)
                        .format(Format.JPEG)
                        .formatConfig(Map.of(FormatConfigKey.JPEG_QUALITY, Integer.toString(request.quality()))))
                .images()
                .stream()
                .filter(image -> image.error() == null && image.imageContent() != null)
                .max(Comparator.comparing(Image::timeStamp)));
    }
}

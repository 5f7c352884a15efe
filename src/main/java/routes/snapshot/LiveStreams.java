package routes.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.apache.camel.Variable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import routes.scratch.ScratchSpace;
import routes.scratch.Workspace;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.KinesisVideoArchivedMediaClient;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.ClipFragmentSelectorType;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.FragmentSelectorType;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.GetClipResponse;

/** Fetches the newest fragment of a live stream of Kinesis Video; each method is one step of a route. */
@Component("liveStreams")
public class LiveStreams {
    /** Where the newest fragment nearly always is. */
    private static final Duration RECENT = Duration.ofSeconds(30);
    /** Second search: the longest {@code maxAge}, so that a failure can report the newest frame. */
    private static final Duration LONG_AGO = Duration.ofHours(1);
    /** Fragments per answer. */
    private static final long PAGE = 1000;
    /** Bytes, also the limit of Kinesis Video for one clip. */
    private static final long LARGEST = 100_000_000;

    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** Scratch space for excerpt and picture, in addition to twice the fragment. */
    private static final long MARGIN = 16 << 20;

    private final DataEndpoints endpoints;
    private final KinesisVideoArchivedMediaClient client;
    private final ScratchSpace scratch;

    LiveStreams(DataEndpoints endpoints, @Lazy KinesisVideoArchivedMediaClient client, ScratchSpace scratch) {
        this.endpoints = endpoints;
        this.client = client;
        this.scratch = scratch;
    }

    /**
     * @return the newest fragment of the stream
     * @throws NoSnapshotException if there is no stream, or its newest frame is too old
     */
    public LiveFragment newest(@Variable("request") SnapshotRequest request) {
        String stream = request.stream();
        Instant now = request.askedAt();
        LiveFragment newest = newest(stream, now.minus(RECENT), now)
                .or(() -> newest(stream, now.minus(LONG_AGO), now))
                .orElseThrow(() -> NoSnapshotException.noNewFrame(stream, request.maxAge(), null));
        if (newest.receivedUntil().isBefore(now.minus(request.maxAge()))) {
            throw NoSnapshotException.noNewFrame(stream, request.maxAge(), newest.producedUntil());
        }
        return newest;
    }

    private Optional<LiveFragment> newest(String stream, Instant from, Instant to) {
        return endpoints.call(stream, APIName.LIST_FRAGMENTS, endpoint -> client
                .listFragmentsPaginator(r -> r.overrideConfiguration(o -> o.endpointProvider(endpoint))
                        .streamName(stream)
                        .maxResults(PAGE)
                        .fragmentSelector(
                                selector -> selector.fragmentSelectorType(FragmentSelectorType.SERVER_TIMESTAMP)
                                        .timestampRange(range ->
                                                range.startTimestamp(from).endTimestamp(to))))
                .fragments()
                .stream()
                .map(listed -> LiveFragment.of(stream, listed))
                // the answer has no order
                .max(Comparator.comparing(LiveFragment::order)));
    }

    /**
     * Fetches the fragment straight to a file of the workspace.
     *
     * @throws NoSnapshotException if it is too large
     */
    public Path fetch(@Variable("fragment") LiveFragment fragment, @Variable("workspace") Workspace workspace) {
        if (fragment.bytes() > LARGEST || fragment.length().compareTo(LONGEST) > 0) {
            throw tooLarge();
        }
        scratch.reserve(workspace, 2 * fragment.bytes() + MARGIN, fragment.bytes());
        Path file = workspace.recording(0);
        // a fragment is selected by its start alone
        Instant start = fragment.receivedAt();
        boolean isWhole = endpoints.call(
                fragment.stream(),
                APIName.GET_CLIP,
                endpoint -> client.getClip(
                        r -> r.overrideConfiguration(o -> o.endpointProvider(endpoint))
                                .streamName(fragment.stream())
                                .clipFragmentSelector(selector -> selector.fragmentSelectorType(
                                                ClipFragmentSelectorType.SERVER_TIMESTAMP)
                                        .timestampRange(range -> range.startTimestamp(start.minusMillis(1))
                                                .endTimestamp(start.plusMillis(1)))),
                        (GetClipResponse response, AbortableInputStream bytes) -> save(bytes, file, workspace)));
        if (!isWhole) {
            throw tooLarge();
        }
        return file;
    }

    private static NoSnapshotException tooLarge() {
        return NoSnapshotException.undecodable(
                "the newest fragment of the stream is larger than 100 MB or longer than " + LONGEST.toSeconds() + " s");
    }

    /**
     * The listed size is not relied on.
     *
     * @return false if there are more bytes than allowed; the rest is not read
     */
    private boolean save(AbortableInputStream bytes, Path file, Workspace workspace) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long written = 0;
            long reserved = MARGIN;
            for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
                written += n;
                if (written > LARGEST) {
                    bytes.abort();
                    return false;
                }
                workspace.ensureHeld();
                out.write(buffer, 0, n);
                if (written > reserved) {
                    scratch.reserveMore(workspace);
                    reserved += MARGIN;
                }
            }
        }
        return true;
    }
}

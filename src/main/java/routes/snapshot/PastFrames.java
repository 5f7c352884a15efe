package routes.snapshot;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.cut.StillFrame;
import routes.failure.FootageUnusableException;
import routes.fetch.MoovDownload;
import routes.fetch.Recording;
import routes.fetch.RecordingPart;
import routes.scratch.ScratchSpace;
import routes.scratch.Workspace;
import routes.settings.Settings;

/** Finds a frame in the recordings of a camera; each method is one step of a route. */
@Component("pastFrames")
public class PastFrames {
    /** Scratch space for tables, excerpt and picture, in addition to the fetched samples and their copy. */
    private static final long MARGIN = 32 << 20;

    private final ScratchSpace scratch;
    private final Duration retention;

    PastFrames(ScratchSpace scratch, Settings settings) {
        this.scratch = scratch;
        this.retention = settings.times().outOfRangeTime();
    }

    /** @return the request, with a search back to the oldest recordings that are kept */
    public SnapshotRequest lookBack(@Variable("request") SnapshotRequest request) {
        return request.lookingBack(retention);
    }

    /** @return whether no recording was listed for the newest frame, so that earlier ones are looked up */
    public boolean isTooRecent(
            @Variable("request") SnapshotRequest request, @Variable("footage") List<Recording> footage) {
        return request.at() == null && footage.isEmpty();
    }

    public PastSearch search(
            @Variable("request") SnapshotRequest request, @Variable("footage") List<Recording> footage) {
        return new PastSearch(request, footage);
    }

    /** @return what else to fetch of the recording before its frames are known */
    public List<RecordingPart> open(
            @Variable("pastSearch") PastSearch search,
            @ExchangeProperty("search") MoovDownload header,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        return reserved(search.begin(header.source()), workspace);
    }

    public void choose(@Variable("pastSearch") PastSearch search) throws IOException {
        search.choose();
    }

    /** Continues without a recording that cannot be used. */
    public void skip(
            @Variable("pastSearch") PastSearch search, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        search.skip(failure instanceof FootageUnusableException unusable ? unusable : null);
    }

    /**
     * @throws NoSnapshotException if no frame is shown at the instant
     * @throws FootageUnusableException if the recordings cannot be read
     */
    public FrameSource source(@Variable("pastSearch") PastSearch search, @Variable("request") SnapshotRequest request) {
        return FrameSource.of(search.frame(), search.isShown(), request);
    }

    /** @return byte ranges of the samples that the frame needs */
    public List<RecordingPart> samples(
            @Variable("pastSearch") PastSearch search, @Variable("workspace") Workspace workspace) throws IOException {
        return reserved(search.samples(), workspace);
    }

    private List<RecordingPart> reserved(List<RecordingPart> parts, Workspace workspace) {
        long bytes = parts.stream().mapToLong(part -> part.range().length()).sum();
        if (bytes > 0) {
            scratch.reserve(workspace, 2 * bytes + MARGIN, bytes);
        }
        return parts;
    }

    /** @return the frame, whose samples are fetched */
    public StillFrame still(@Variable("pastSearch") PastSearch search) throws IOException {
        return search.frame().still().ofPictures();
    }
}

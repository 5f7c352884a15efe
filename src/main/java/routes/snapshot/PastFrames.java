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

    public PastSearch search(@Variable("request") SnapshotRequest request) {
        return new PastSearch(request, retention);
    }

    /** Adds the recordings that were listed for the search. */
    public void listed(@Variable("pastSearch") PastSearch search, @Variable("footage") List<Recording> footage) {
        search.listed(footage);
    }

    /** Begins a recording. */
    public void open(@Variable("pastSearch") PastSearch search, @ExchangeProperty("search") MoovDownload header)
            throws IOException {
        search.begin(header.source());
    }

    /** @return the next tables to fetch of a fragmented recording */
    public RecordingPart part(@Variable("pastSearch") PastSearch search, @Variable("workspace") Workspace workspace) {
        return reserved(search, List.of(search.part()), workspace).get(0);
    }

    /** Reads the tables that were fetched. */
    public void found(@Variable("pastSearch") PastSearch search, @ExchangeProperty("part") RecordingPart part)
            throws IOException {
        search.found(part);
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
        return reserved(search, search.samples(), workspace);
    }

    private List<RecordingPart> reserved(PastSearch search, List<RecordingPart> parts, Workspace workspace) {
        long bytes = search.fetched()
                + parts.stream().mapToLong(part -> part.range().length()).sum();
        scratch.reserve(workspace, 2 * bytes + MARGIN, bytes);
        return parts;
    }

    /** @return the frame, whose samples are fetched */
    public StillFrame still(@Variable("pastSearch") PastSearch search) throws IOException {
        return search.frame().still().ofPictures();
    }
}

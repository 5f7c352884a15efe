package routes.cut;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import routes.mp4.AvcConfig;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.NalUnits;
import routes.mp4.SampleSequence;
import routes.mp4.Samples;
import routes.mp4.Track;
import routes.scratch.Workspace;

/** Lines up the frames of a clip: encoded edges and copied runs, in the order of decoding. */
final class VideoTrack {
    private final Workspace workspace;
    private final SampleSequence samples = new SampleSequence();
    private AvcConfig config;

    private VideoTrack(AvcConfig config, Workspace workspace) {
        this.config = config;
        this.workspace = workspace;
    }

    /**
     * @param edges encoded, in the order of the clip
     * @throws ClipVerificationException when an edge is not what it should be
     * @throws MalformedMp4Exception when a recording's configuration cannot be read
     */
    static VideoTrack of(List<TimelineSegment> pieces, List<BoundarySegment> edges, Workspace workspace)
            throws IOException, ClipVerificationException, MalformedMp4Exception {
        AvcConfig config = pieces.get(0).piece().span().video().entry().avc();
        VideoTrack track = new VideoTrack(config, workspace);
        int next = 0;
        for (TimelineSegment placed : pieces) {
            SegmentCutPlan piece = placed.piece();
            if (piece.head() > 0) {
                track.addEdge(edges.get(next++), placed);
            }
            track.addRun(placed);
            if (piece.tail() > 0) {
                track.addEdge(edges.get(next++), placed);
            }
        }
        return track;
    }

    private void addEdge(BoundarySegment edge, TimelineSegment placed)
            throws IOException, ClipVerificationException, MalformedMp4Exception {
        Track encoded = BoundaryEncoder.read(edge, workspace);
        config = config.and(encoded.entry().avc());
        Path file = workspace.file(edge.file());
        Samples frames = encoded.samples().shownAt(edge.times());
        long shift = placed.from() - edge.span().first();
        for (int i = 0; i < frames.count(); i++) {
            samples.add(file, frames, i, shift, frames.keyframes().get(i));
        }
    }

    /** Only IDR pictures are marked as points to seek to: after another, players meet pictures that look behind it. */
    private void addRun(TimelineSegment placed) throws IOException, MalformedMp4Exception {
        SegmentCutPlan piece = placed.piece();
        Track video = piece.span().video();
        Samples source = video.samples();
        Path recording = piece.span().source().file();
        long shift = placed.from() - piece.span().first();
        try (FileChannel file = FileChannel.open(recording, StandardOpenOption.READ)) {
            NalUnits units = new NalUnits(file, video.entry().avc());
            for (int i = piece.runFrom(); i < piece.runTo(); i++) {
                boolean seekable = source.keyframes().get(i) && units.readIdrFlag(source.range(i));
                samples.add(recording, source, i, shift, seekable);
            }
        }
    }

    SampleSequence samples() {
        return samples;
    }

    /** @return of the recordings and of the edges together */
    AvcConfig config() {
        return config;
    }
}

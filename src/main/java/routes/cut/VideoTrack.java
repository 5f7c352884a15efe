package routes.cut;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import routes.mp4.AvcConfig;
import routes.mp4.MalformedMp4Exception;
import routes.mp4.NalUnits;
import routes.mp4.PackedLongColumn;
import routes.mp4.SampleEntry;
import routes.mp4.SampleSequence;
import routes.mp4.Samples;
import routes.mp4.Track;
import routes.scratch.Workspace;

/** The video track of a clip: encoded segments and copied runs, in decode order. */
final class VideoTrack {
    private final ClipFormat format;
    private final Workspace workspace;
    private final SampleSequence samples = new SampleSequence();
    private final List<LostFrames> lost = new ArrayList<>();
    private SampleEntry entry;
    private AvcConfig config;

    private VideoTrack(ClipFormat format, Workspace workspace) {
        this.format = format;
        this.workspace = workspace;
    }

    /**
     * @throws ClipVerificationException if an encoded segment differs from the plan
     * @throws MalformedMp4Exception if the decoder configuration of a recording cannot be read
     */
    static VideoTrack of(List<TimelineSegment> segments, CutPlan plan, Workspace workspace)
            throws IOException, ClipVerificationException, MalformedMp4Exception {
        VideoTrack track = new VideoTrack(plan.format(), workspace);
        if (!plan.format().whole()) {
            track.add(segments.get(0).cut().selection().video().entry());
        }
        List<EncodedSegment> encoded = plan.encodedSegments();
        int next = 0;
        for (TimelineSegment placed : segments) {
            SegmentCutPlan cut = placed.cut();
            if (cut.head() > 0) {
                track.addEncoded(encoded.get(next++), placed);
            }
            track.addRun(placed);
            if (cut.tail() > 0) {
                track.addEncoded(encoded.get(next++), placed);
            }
        }
        return track;
    }

    private void add(SampleEntry more) throws MalformedMp4Exception {
        entry = entry == null ? more : entry;
        config = config == null ? more.avc() : config.and(more.avc());
    }

    private void addEncoded(EncodedSegment segment, TimelineSegment placed)
            throws IOException, ClipVerificationException, MalformedMp4Exception {
        Track encoded = SegmentEncoder.read(segment, workspace);
        if (encoded.samples().count() > 0) {
            ensureBitDepth(encoded);
            add(encoded.entry());
        }
        List<Integer> shown = match(segment, encoded.samples());
        lost.addAll(LostFrames.of(segment, shown));
        if (!format.whole() && !lost.isEmpty()) {
            throw new ClipVerificationException("an encoded segment lacks frames");
        }
        PackedLongColumn times = segment.times();
        long first = segment.selection().first();
        Samples frames = encoded.samples()
                .shownAt(PackedLongColumn.of(shown.stream()
                        .mapToLong(i -> format.ticks(
                                times.get(i) - first, segment.selection().video()))));
        for (int i = 0; i < frames.count(); i++) {
            samples.add(
                    workspace.file(segment.file()),
                    frames,
                    i,
                    placed.from(),
                    frames.keyframes().get(i));
        }
    }

    /** HDR may be signalled only in the recording's parameter sets; ffmpeg passes it on to the encoded ones. */
    private static void ensureBitDepth(Track encoded) throws ClipVerificationException, MalformedMp4Exception {
        boolean shallow = encoded.entry().avc().sequences().stream().anyMatch(sequence -> sequence.bitDepth() == 8);
        if (shallow && encoded.isHighDynamicRange()) {
            throw new ClipVerificationException(FallbackReason.PIXELS, "HDR video was encoded with 8 bits");
        }
    }

    /**
     * Identifies encoded frames by their times, relative to the segment's first frame.
     *
     * @return for each encoded frame, the index of the segment's frame
     */
    private List<Integer> match(EncodedSegment segment, Samples encoded) throws ClipVerificationException {
        Track video = segment.selection().video();
        PackedLongColumn planned =
                PackedLongColumn.of(segment.times().stream().map(time -> format.ticks(time - segment.from(), video)));
        List<Integer> shown = new ArrayList<>();
        for (long time : encoded.times().stream().sorted().toArray()) {
            int before = Math.max(0, planned.lastUpTo(time));
            int after = Math.min(before + 1, planned.count() - 1);
            int nearest = planned.get(after) - time < time - planned.get(before) ? after : before;
            if (!shown.isEmpty() && shown.get(shown.size() - 1) >= nearest) {
                throw new ClipVerificationException("an encoded segment has a frame that was not planned");
            }
            shown.add(nearest);
        }
        return shown;
    }

    /** Marks only IDR pictures as sync samples: after another keyframe, frames may refer to frames before it. */
    private void addRun(TimelineSegment placed) throws IOException, MalformedMp4Exception {
        SegmentCutPlan cut = placed.cut();
        if (cut.copied() == 0) {
            return;
        }
        Track video = cut.selection().video();
        Samples source = video.samples();
        Path recording = cut.selection().source().file();
        long shift = placed.from() - cut.selection().first();
        try (FileChannel file = FileChannel.open(recording, StandardOpenOption.READ)) {
            NalUnits units = new NalUnits(file, video.entry().avc());
            for (int i = cut.runFrom(); i < cut.runTo(); i++) {
                boolean seekable = source.keyframes().get(i) && units.readIdrFlag(source.range(i));
                samples.add(recording, source, i, shift, seekable);
            }
        }
    }

    SampleSequence samples() {
        return samples;
    }

    /** @return sample entry with the parameter sets of the recordings and the encoded segments */
    SampleEntry entry() throws MalformedMp4Exception {
        return entry.with(config);
    }

    List<LostFrames> lost() {
        return lost;
    }
}

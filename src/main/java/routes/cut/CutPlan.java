package routes.cut;

import java.util.ArrayList;
import java.util.List;

/**
 * How a clip is cut from its fetched recordings.
 *
 * @param timeline the selected frames and gaps
 * @param segments in chronological order
 * @param format of the encoded segments
 * @param reason why the whole clip is encoded; null if it is not
 * @param soundReason why the sound is encoded; null if it is copied
 * @param pending batches that ffmpeg still has to encode, one process per batch
 * @param lost frames that could not be decoded; empty until the clip is muxed
 * @param decodeErrors number of error lines that ffmpeg has printed so far
 * @param joined whether the clip is muxed
 */
public record CutPlan(
        Timeline timeline,
        List<SegmentCutPlan> segments,
        ClipFormat format,
        FallbackReason reason,
        FallbackReason soundReason,
        List<List<EncodedSegment>> pending,
        List<LostFrames> lost,
        int decodeErrors,
        boolean joined) {
    /** Maximum number of segments that one process encodes. */
    private static final int BATCH = 8;
    /** A segment with more frames than this gets its own process. */
    private static final int MANY_FRAMES = 300;

    static CutPlan of(
            Timeline timeline, List<SegmentCutPlan> segments, FallbackReason reason, FallbackReason soundReason) {
        return of(timeline, segments, reason, soundReason, false);
    }

    private static CutPlan of(
            Timeline timeline,
            List<SegmentCutPlan> segments,
            FallbackReason reason,
            FallbackReason soundReason,
            boolean tenBits) {
        ClipFormat format =
                ClipFormat.of(segments.stream().map(SegmentCutPlan::selection).toList(), reason != null, tenBits);
        List<List<EncodedSegment>> batches = batches(encodedSegments(segments, reason != null), reason != null);
        return new CutPlan(timeline, segments, format, reason, soundReason, batches, List.of(), 0, false);
    }

    /** @return encoded segments in clip order */
    public List<EncodedSegment> encodedSegments() {
        return encodedSegments(segments, reason != null);
    }

    private static List<EncodedSegment> encodedSegments(List<SegmentCutPlan> segments, boolean whole) {
        List<EncodedSegment> encodedSegments = new ArrayList<>();
        for (SegmentCutPlan segment : segments) {
            add(encodedSegments, segment, 0, whole ? segment.selection().frames() : segment.head());
            if (!whole) {
                add(encodedSegments, segment, segment.head() + segment.copied(), segment.tail());
            }
        }
        return encodedSegments;
    }

    private static void add(List<EncodedSegment> encodedSegments, SegmentCutPlan segment, int first, int frames) {
        if (frames > 0) {
            encodedSegments.add(new EncodedSegment(encodedSegments.size(), segment.selection(), first, frames, false));
        }
    }

    /** Limits the number of decoders and encoders in the memory of one process. */
    private static List<List<EncodedSegment>> batches(List<EncodedSegment> encodedSegments, boolean whole) {
        List<List<EncodedSegment>> batches = new ArrayList<>();
        List<EncodedSegment> batch = new ArrayList<>();
        for (EncodedSegment encoded : encodedSegments) {
            boolean alone = whole || encoded.frames() > MANY_FRAMES;
            if (!batch.isEmpty() && (alone || batch.size() == BATCH)) {
                batches.add(List.copyOf(batch));
                batch.clear();
            }
            if (alone) {
                batches.add(List.of(encoded));
            } else {
                batch.add(encoded);
            }
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return batches;
    }

    /** @return whether this reason allows more of the clip to be encoded */
    boolean canEncodeMore(FallbackReason why) {
        return switch (why) {
            case SOUND -> !encodesSound();
            case PIXELS -> !(format.whole() && format.tenBits());
            default -> !format.whole();
        };
    }

    /** @return whether the clip still has to be muxed */
    public boolean isOpen() {
        return !joined;
    }

    /** @return whether a batch is still to be encoded */
    public boolean isEncoding() {
        return !pending.isEmpty();
    }

    public List<EncodedSegment> nextBatch() {
        return pending.get(0);
    }

    /** @return the plan after its next batch was encoded */
    public CutPlan withoutNextBatch() {
        List<List<EncodedSegment>> others = pending.subList(1, pending.size());
        return new CutPlan(timeline, segments, format, reason, soundReason, others, lost, decodeErrors, joined);
    }

    public boolean encodesSound() {
        return soundReason != null;
    }

    /** @return how the times of the clip and recorded instants match, in chronological order */
    public List<TimeAnchor> anchors() {
        return TimeAnchor.of(TimelineSegment.inOrder(segments, format), format.timescale());
    }

    /** @return duration of the pending segments in microseconds */
    long pendingMicros() {
        return pending.stream()
                .flatMap(List::stream)
                .mapToLong(EncodedSegment::micros)
                .sum();
    }

    public CutMode mode() {
        return report().mode();
    }

    public CutReport report() {
        int missing = lost.stream().mapToInt(LostFrames::frames).sum();
        int encoded = segments.stream().mapToInt(SegmentCutPlan::encoded).sum() - missing;
        int copied = segments.stream().mapToInt(SegmentCutPlan::copied).sum();
        if (reason != null) {
            return new CutReport(0, copied + encoded, CutMode.FULL, reason, lost, decodeErrors);
        }
        FallbackReason ofSegment = segments.stream()
                .map(SegmentCutPlan::reason)
                .filter(r -> r != null)
                .findFirst()
                .orElse(null);
        CutMode boundaries = encoded == 0 ? CutMode.COPY : CutMode.BOUNDARIES;
        return new CutReport(
                copied,
                encoded,
                ofSegment == null ? boundaries : CutMode.SEGMENT,
                ofSegment == null ? soundReason : ofSegment,
                lost,
                decodeErrors);
    }

    /**
     * @param why reason to encode more, such as a failed verification
     * @return a plan for the same clip that encodes more of it
     */
    CutPlan encodingMore(FallbackReason why) {
        return why == FallbackReason.SOUND
                ? new CutPlan(timeline, segments, format, reason, why, List.of(), List.of(), decodeErrors, false)
                : of(
                        timeline,
                        segments.stream()
                                .map(segment -> SegmentCutPlan.encoded(segment.selection(), why))
                                .toList(),
                        reason == null ? why : reason,
                        soundReason,
                        why == FallbackReason.PIXELS);
    }

    CutPlan with(int moreErrors) {
        return new CutPlan(
                timeline, segments, format, reason, soundReason, pending, lost, decodeErrors + moreErrors, joined);
    }

    /** @param missing frames that could not be decoded */
    CutPlan finished(List<LostFrames> missing) {
        return new CutPlan(
                timeline,
                segments,
                format,
                reason,
                soundReason,
                List.of(),
                LostFrames.joined(missing),
                decodeErrors,
                true);
    }

    List<FrameSelection> selections() {
        return segments.stream().map(SegmentCutPlan::selection).toList();
    }
}

package routes.cut;

import java.util.ArrayList;
import java.util.List;

/**
 * How a clip is made, once its recordings are here.
 *
 * @param timeline what is shown, and when
 * @param pieces in the order of time
 * @param format of what is encoded
 * @param reason why the whole clip is encoded, or null
 * @param soundReason why the sound is encoded, or null
 * @param pending what ffmpeg has yet to encode, a batch by one process
 * @param lost frames that could not be decoded, once the clip is there
 * @param decodeErrors lines of errors that ffmpeg printed so far
 * @param joined whether the clip is there
 */
public record CutPlan(
        Timeline timeline,
        List<SegmentCutPlan> pieces,
        ClipFormat format,
        FallbackReason reason,
        FallbackReason soundReason,
        List<List<EncodedSegment>> pending,
        List<LostFrames> lost,
        int decodeErrors,
        boolean joined) {
    /** Segments that one process encodes. */
    private static final int BATCH = 8;
    /** Frames of a segment that is encoded by a process of its own. */
    private static final int MANY_FRAMES = 300;

    static CutPlan of(
            Timeline timeline, List<SegmentCutPlan> pieces, FallbackReason reason, FallbackReason soundReason) {
        return of(timeline, pieces, reason, soundReason, false);
    }

    private static CutPlan of(
            Timeline timeline,
            List<SegmentCutPlan> pieces,
            FallbackReason reason,
            FallbackReason soundReason,
            boolean tenBits) {
        ClipFormat format =
                ClipFormat.of(pieces.stream().map(SegmentCutPlan::span).toList(), reason != null, tenBits);
        List<List<EncodedSegment>> batches = batches(segments(pieces, reason != null), reason != null);
        return new CutPlan(timeline, pieces, format, reason, soundReason, batches, List.of(), 0, false);
    }

    /** @return what is encoded, in the order of the clip */
    public List<EncodedSegment> segments() {
        return segments(pieces, reason != null);
    }

    private static List<EncodedSegment> segments(List<SegmentCutPlan> pieces, boolean whole) {
        List<EncodedSegment> segments = new ArrayList<>();
        for (SegmentCutPlan piece : pieces) {
            add(segments, piece, 0, whole ? piece.span().frames() : piece.head());
            if (!whole) {
                add(segments, piece, piece.head() + piece.copied(), piece.tail());
            }
        }
        return segments;
    }

    private static void add(List<EncodedSegment> segments, SegmentCutPlan piece, int first, int frames) {
        if (frames > 0) {
            segments.add(new EncodedSegment(segments.size(), piece.span(), first, frames));
        }
    }

    /** Each process has few decoders and encoders in memory, however many segments there are. */
    private static List<List<EncodedSegment>> batches(List<EncodedSegment> segments, boolean whole) {
        List<List<EncodedSegment>> batches = new ArrayList<>();
        List<EncodedSegment> batch = new ArrayList<>();
        for (EncodedSegment segment : segments) {
            boolean alone = whole || segment.frames() > MANY_FRAMES;
            if (!batch.isEmpty() && (alone || batch.size() == BATCH)) {
                batches.add(List.copyOf(batch));
                batch.clear();
            }
            if (alone) {
                batches.add(List.of(segment));
            } else {
                batch.add(segment);
            }
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return batches;
    }

    /** @return whether more of the clip can be encoded for such a reason */
    boolean canEncodeMore(FallbackReason why) {
        return switch (why) {
            case SOUND -> !encodesSound();
            case PIXELS -> !(format.whole() && format.tenBits());
            default -> !format.whole();
        };
    }

    /** @return whether the clip is still to be made */
    public boolean isOpen() {
        return !joined;
    }

    public boolean encodesSound() {
        return soundReason != null;
    }

    /** @return microseconds of what is pending */
    long pendingMicros() {
        return pending.stream()
                .flatMap(List::stream)
                .mapToLong(EncodedSegment::micros)
                .sum();
    }

    public CutMode way() {
        return report().way();
    }

    public CutReport report() {
        int missing = lost.stream().mapToInt(LostFrames::frames).sum();
        int encoded = pieces.stream().mapToInt(SegmentCutPlan::encoded).sum() - missing;
        int copied = pieces.stream().mapToInt(SegmentCutPlan::copied).sum();
        if (reason != null) {
            return new CutReport(0, copied + encoded, CutMode.WHOLE, reason, lost, decodeErrors);
        }
        FallbackReason ofPiece = pieces.stream()
                .map(SegmentCutPlan::reason)
                .filter(r -> r != null)
                .findFirst()
                .orElse(null);
        CutMode edges = encoded == 0 ? CutMode.COPY : CutMode.EDGES;
        return new CutReport(
                copied,
                encoded,
                ofPiece == null ? edges : CutMode.PIECE,
                ofPiece == null ? soundReason : ofPiece,
                lost,
                decodeErrors);
    }

    /**
     * @param why a part of the clip is in doubt
     * @return the same clip, with more of it encoded
     */
    CutPlan encodingMore(FallbackReason why) {
        return why == FallbackReason.SOUND
                ? new CutPlan(timeline, pieces, format, reason, why, List.of(), List.of(), decodeErrors, false)
                : of(
                        timeline,
                        pieces.stream()
                                .map(piece -> SegmentCutPlan.encoded(piece.span(), why))
                                .toList(),
                        reason == null ? why : reason,
                        soundReason,
                        why == FallbackReason.PIXELS);
    }

    CutPlan with(int moreErrors) {
        return new CutPlan(
                timeline, pieces, format, reason, soundReason, pending, lost, decodeErrors + moreErrors, joined);
    }

    /** @param missing frames that could not be decoded */
    CutPlan finished(List<LostFrames> missing) {
        return new CutPlan(
                timeline,
                pieces,
                format,
                reason,
                soundReason,
                List.of(),
                LostFrames.joined(missing),
                decodeErrors,
                true);
    }

    List<FrameSelection> spans() {
        return pieces.stream().map(SegmentCutPlan::span).toList();
    }
}

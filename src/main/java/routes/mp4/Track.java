package routes.mp4;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One track of a movie, or a part of it.
 * See docs/decisions/0014.
 *
 * @param kind {@code vide} or {@code soun}
 * @param timescale ticks per second
 * @param entry how its samples are coded
 * @param matrix how the picture is turned, as in {@code tkhd}
 * @param shownSize of the picture before it is turned
 * @param origin ticks at which the presentation begins
 * @param shownFrom inclusive, in ticks; what is earlier is decoded and not shown
 * @param shownTo exclusive, in ticks; what is later is not shown
 * @param firstSample index of the first sample that is coded as {@code entry} tells
 */
public record Track(
        String kind,
        long timescale,
        SampleEntry entry,
        Matrix matrix,
        ShownSize shownSize,
        long origin,
        long shownFrom,
        long shownTo,
        int firstSample,
        Samples samples) {
    private static final int FULL_CHROMA = 3;
    private static final int PQ = 16;
    private static final int HLG = 18;

    /**
     * @param from inclusive, in ticks
     * @param to exclusive, in ticks
     * @return presentation times of what is shown within, ascending
     */
    public PackedLongColumn shown(long from, long to) {
        return samples.shown(Math.max(from, shownFrom), Math.min(to, shownTo));
    }

    /**
     * @return the width of a pixel and its height, such as 12/11: as the container tells, else as the parameter sets do; empty
     *     where none does
     */
    public String pixelShape() {
        Optional<String> declared = entry.pixelShape();
        if (declared.isPresent()) {
            return declared.get();
        }
        if (shownSize.isStretched(entry)) {
            return shownSize.pixelShape(entry);
        }
        return sps().map(Sps::pixelShape).orElse("");
    }

    /**
     * @return whether a decoder needs the first sample, whatever it begins with: old versions of x264 coded 4:4:4 in a way of
     *     their own, and tell their version there only
     */
    public boolean needsFirstSample() {
        return sps().map(sequence -> sequence.chroma() == FULL_CHROMA).orElse(false);
    }

    /** @return whether colours are those of a high dynamic range: PQ or HLG (ITU-R BT.2100) */
    public boolean isHighDynamicRange() {
        int transfer = entry.transfer().orElseGet(() -> sps().map(Sps::transfer).orElse(0));
        return transfer == PQ || transfer == HLG;
    }

    private Optional<Sps> sps() {
        try {
            return entry.type().startsWith("avc")
                    ? entry.avc().sequences().stream().findFirst()
                    : Optional.empty();
        } catch (MalformedMp4Exception e) {
            return Optional.empty();
        }
    }

    /** @return presentation time of the first frame, in ticks; empty where none is shown */
    public OptionalLong firstShown() {
        return samples.times().stream().filter(this::isShown).min();
    }

    /** @return presentation time of the last frame, in ticks; empty where none is shown */
    public OptionalLong lastShown() {
        return samples.times().stream().filter(this::isShown).max();
    }

    private boolean isShown(long time) {
        return time >= shownFrom && time < shownTo;
    }

    /** @return index of the sample with which decoding must begin to show a time exactly */
    public int keyframeBefore(long time) {
        return DecodeStart.isProvable(entry) ? Math.max(firstSample, samples.keyframeBefore(time)) : firstSample;
    }

    /** @return ticks from a shown time to the next one, or to the end of what is shown */
    public long durationAt(long time) {
        long whole = samples.durationAt(time);
        return shownTo - whole < time ? shownTo - time : whole;
    }

    /**
     * @param time of a sample, in ticks
     * @param otherTime in ticks; not before the sample and not after the next one
     * @return the same, but for when that sample is shown
     */
    public Track showing(long time, long otherTime) {
        PackedLongColumn times = PackedLongColumn.of(samples.times().stream().map(t -> t == time ? otherTime : t));
        return with(samples.shownAt(times), firstSample);
    }

    Track with(Samples others, int first) {
        return new Track(kind, timescale, entry, matrix, shownSize, origin, shownFrom, shownTo, first, others);
    }

    /** @return the time in ticks of the keyframe that is shown nearest to an instant, or that instant without any */
    public long nearestKeyframe(long time) {
        return samples.keyframes().stream()
                .mapToLong(samples::time)
                .filter(t -> t >= 0)
                .boxed()
                .min((a, b) -> Long.compare(Math.abs(a - time), Math.abs(b - time)))
                .orElse(time);
    }

    /** @return ticks from the first shown sample to the end of the last */
    public long duration() {
        return samples.times().stream().max().orElse(0) + samples.lastDuration();
    }
}

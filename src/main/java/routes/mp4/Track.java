package routes.mp4;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A track of a movie, or a part of it.
 * See docs/decisions/0014.
 *
 * @param kind {@code vide} or {@code soun}
 * @param timescale ticks per second
 * @param entry of its samples
 * @param matrix transformation of the picture, from {@code tkhd}
 * @param shownSize of the picture before its rotation
 * @param origin ticks at which the presentation starts
 * @param shownFrom inclusive, in ticks; earlier samples are decoded and not shown
 * @param shownTo exclusive, in ticks; later samples are not shown
 * @param firstSample index of the first sample of {@code entry}
 * @param pauses in which no frames were recorded, ascending
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
        Samples samples,
        List<Pause> pauses) {
    private static final long NANOS = 1_000_000_000;
    private static final int FULL_CHROMA = 3;
    private static final int PQ = 16;
    private static final int HLG = 18;

    /**
     * @param from inclusive, in ticks
     * @param to exclusive, in ticks
     * @return presentation times of the shown samples in the interval, ascending
     */
    public PackedLongColumn shown(long from, long to) {
        return samples.shown(Math.max(from, shownFrom), Math.min(to, shownTo));
    }

    /**
     * @return pixel aspect ratio, such as 12/11: the container's, otherwise that of the parameter sets; empty if
     *     neither has one
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
     * @return whether a decoder needs the first sample: old versions of x264 coded 4:4:4 differently, and only the
     *     first sample has the version
     */
    public boolean needsFirstSample() {
        return sps().map(sequence -> sequence.chroma() == FULL_CHROMA).orElse(false);
    }

    /** @return whether the transfer characteristics are PQ or HLG (ITU-R BT.2100) */
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

    /** @return presentation time of the first frame, in ticks; empty if none is shown */
    public OptionalLong firstShown() {
        return samples.times().stream().filter(this::isShown).min();
    }

    /** @return presentation time of the last frame, in ticks; empty if none is shown */
    public OptionalLong lastShown() {
        return samples.times().stream().filter(this::isShown).max();
    }

    /**
     * @param to exclusive, in ticks
     * @return presentation time of the last frame before that time; empty if there is none
     */
    public OptionalLong lastShown(long to) {
        return samples.times().stream()
                .filter(time -> time < to && isShown(time))
                .max();
    }

    private boolean isShown(long time) {
        return time >= shownFrom && time < shownTo;
    }

    /**
     * @param time in ticks
     * @return from the start of the presentation to that time, rounded down
     */
    public Duration sinceOrigin(long time) {
        long ticks = time - origin;
        long rest = Math.floorMod(ticks, timescale);
        return Duration.ofSeconds(Math.floorDiv(ticks, timescale), rest * NANOS / timescale);
    }

    /**
     * @param sinceOrigin from the start of the presentation
     * @return the last tick then or before
     */
    public long ticksAt(Duration sinceOrigin) {
        return origin + sinceOrigin.getSeconds() * timescale + sinceOrigin.getNano() * timescale / NANOS;
    }

    /** @return index of the sample from which a time can be decoded exactly */
    public int keyframeBefore(long time) {
        return DecodeStart.isProvable(entry) ? Math.max(firstSample, samples.keyframeBefore(time)) : firstSample;
    }

    /** @return ticks from a presentation time to the next one, or to the end of the shown part */
    public long durationAt(long time) {
        long whole = samples.durationAt(time);
        return shownTo - whole < time ? shownTo - time : whole;
    }

    /**
     * @param time of a sample, in ticks
     * @param otherTime in ticks; between the sample before and the next one
     * @return the same track with that sample at the other time
     */
    public Track showing(long time, long otherTime) {
        PackedLongColumn times = PackedLongColumn.of(samples.times().stream().map(t -> t == time ? otherTime : t));
        return with(samples.shownAt(times), firstSample);
    }

    /**
     * @return the same samples at times that are all different: of samples with the same time the last one keeps it, and the
     *     others share the time since the sample before
     * @throws MalformedMp4Exception if there are too many samples
     */
    public Track withDistinctTimes() throws MalformedMp4Exception {
        return with(TimingTables.makeDistinct(samples), firstSample);
    }

    Track with(SampleEntry other) {
        return new Track(
                kind, timescale, other, matrix, shownSize, origin, shownFrom, shownTo, firstSample, samples, pauses);
    }

    Track with(Samples others, int first) {
        return new Track(kind, timescale, entry, matrix, shownSize, origin, shownFrom, shownTo, first, others, pauses);
    }

    /** @return the time in ticks of the keyframe nearest to an instant; the instant itself if there is none */
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

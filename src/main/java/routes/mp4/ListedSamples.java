package routes.mp4;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The samples of a track before its edit list is applied: times are composition times.
 *
 * @param runs ascending, the first at sample 0; empty if there are no samples
 * @param pauses ascending, between fragments
 */
record ListedSamples(Samples samples, List<Run> runs, List<Pause> pauses) {
    static final ListedSamples NONE = new ListedSamples(Samples.NONE, List.of());

    ListedSamples(Samples samples, List<Run> runs) {
        this(samples, runs, List.of());
    }

    /**
     * Consecutive samples with the same sample entry.
     *
     * @param first index of the first one
     * @param entry index of the entry in {@code stsd}, from 0
     */
    record Run(int first, int entry) {}

    /** @return without empty samples, which show nothing */
    ListedSamples withoutEmpty() {
        PackedLongColumn sizes = samples.places().sizes();
        if (sizes.stream().noneMatch(size -> size == 0)) {
            return this;
        }
        Builder kept = new Builder();
        int run = 0;
        for (int i = 0; i < samples.count(); i++) {
            run += run + 1 < runs.size() && runs.get(run + 1).first() <= i ? 1 : 0;
            if (sizes.get(i) > 0) {
                kept.add(
                        samples.time(i),
                        samples.range(i),
                        samples.keyframes().get(i),
                        runs.get(run).entry());
            }
        }
        return kept.build(samples.lastDuration());
    }

    /** @return index after the last sample of a run */
    int end(int run) {
        return run + 1 < runs.size() ? runs.get(run + 1).first() : samples.count();
    }

    /** @return the earliest time within a run; the largest number if there is no such run */
    long firstTime(int run) {
        return run >= runs.size()
                ? Long.MAX_VALUE
                : IntStream.range(runs.get(run).first(), end(run))
                        .mapToLong(samples::time)
                        .min()
                        .orElse(Long.MAX_VALUE);
    }

    /** Collects samples in decode order. */
    static final class Builder {
        private final PackedLongColumn.Builder times = new PackedLongColumn.Builder();
        private final SampleOffsets.Builder places = new SampleOffsets.Builder();
        private final BitSet keyframes = new BitSet();
        private final List<Run> runs = new ArrayList<>();
        private int count;

        /** @param entry index in {@code stsd}, from 0 */
        void add(long time, ByteRange place, boolean keyframe, int entry) {
            if (runs.isEmpty() || runs.get(runs.size() - 1).entry() != entry) {
                runs.add(new Run(count, entry));
            }
            times.add(time);
            places.add(place.from(), place.length());
            keyframes.set(count, keyframe);
            count++;
        }

        int count() {
            return count;
        }

        ListedSamples build(long lastDuration) {
            return new ListedSamples(
                    new Samples(times.build(), places.build(), keyframes, lastDuration), List.copyOf(runs));
        }
    }
}

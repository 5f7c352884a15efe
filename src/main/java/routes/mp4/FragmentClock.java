package routes.mp4;

import java.util.ArrayList;
import java.util.List;

/**
 * Composition times of the samples of a fragmented track. A fragment has a start time and a duration per sample. If
 * they contradict each other, the start times count, except for one that the following fragments contradict. Samples
 * whose durations do not fit are spaced evenly.
 */
final class FragmentClock {
    /** Number of later fragments whose start times are compared with one. */
    private static final int AHEAD = 3;

    private static final long UNKNOWN = Long.MIN_VALUE;
    /** The shortest pause is a fraction of a second, and more than two frames. */
    private static final long PAUSES_PER_SECOND = 10;

    /** Per fragment: index of its first sample, its start time, and the start time according to the durations. */
    private final PackedLongColumn.Builder firsts = new PackedLongColumn.Builder();

    private final PackedLongColumn.Builder starts = new PackedLongColumn.Builder();
    private final PackedLongColumn.Builder elapsed = new PackedLongColumn.Builder();
    /** Per sample: decode time according to the durations, and composition offset. */
    private final PackedLongColumn.Builder decoded = new PackedLongColumn.Builder();

    private final PackedLongColumn.Builder offsets = new PackedLongColumn.Builder();
    private int samples;
    private int fragments;
    private long now;
    private long next = UNKNOWN;
    private boolean open;

    /** Starts a fragment without a start time. */
    void begin() {
        begin(UNKNOWN);
    }

    /** @param time decode time of the next sample, in ticks */
    void begin(long time) {
        next = time;
        open = false;
    }

    /**
     * @param offset composition offset, in ticks
     * @param duration until the next sample is decoded, in ticks
     */
    void add(long offset, long duration) {
        if (!open) {
            firsts.add(samples);
            starts.add(next);
            elapsed.add(now);
            fragments++;
            open = true;
        }
        decoded.add(now);
        offsets.add(offset);
        samples++;
        now += duration;
    }

    /** @param duration in ticks of an empty sample, which shows nothing */
    void skip(long duration) {
        now += duration;
    }

    /**
     * @param timescale ticks per second
     * @param before composition times of the samples before all fragments, in ticks
     * @param end of these, in ticks
     * @return those of the samples before and in all fragments
     */
    Composed compose(long timescale, PackedLongColumn before, long end) {
        return new Times(timescale, before.count() > 0 ? end - 1 : UNKNOWN).compose(before, end);
    }

    /**
     * @param times in ticks
     * @param mayRepeat whether two may be the same
     * @param pauses ascending
     */
    record Composed(PackedLongColumn times, boolean mayRepeat, List<Pause> pauses) {}

    private final class Times {
        private final PackedLongColumn indexes = firsts.build();
        private final PackedLongColumn begins = starts.build();
        private final PackedLongColumn byDurations = elapsed.build();
        private final PackedLongColumn decodes = decoded.build();
        private final PackedLongColumn composed = offsets.build();
        private final List<Pause> pauses = new ArrayList<>();
        private final long shortestPause;
        /** Start of the previous fragment. */
        private long previous;

        Times(long timescale, long previous) {
            this.shortestPause = timescale / PAUSES_PER_SECOND;
            this.previous = previous;
        }

        Composed compose(PackedLongColumn before, long end) {
            PackedLongColumn.Builder times = new PackedLongColumn.Builder();
            before.stream().forEachOrdered(times::add);
            TimingTables.Clock clock = new TimingTables.Clock();
            long begin = begin(0, end);
            long pause = 0;
            for (int fragment = 0; fragment < fragments; fragment++) {
                boolean last = fragment + 1 == fragments;
                long start = byDurations.get(fragment);
                long stop = last ? now : byDurations.get(fragment + 1);
                int from = (int) indexes.get(fragment);
                int to = last ? samples : (int) indexes.get(fragment + 1);
                previous = begin;
                long following = begin(fragment + 1, begin + stop - start);
                boolean even = isConsistent(fragment + 1) && !fits(from, to, following - begin);
                long first = Long.MAX_VALUE;
                for (int i = from; i < to; i++) {
                    long since = even ? (following - begin) * (i - from) / (to - from) : decodes.get(i) - start;
                    clock.moveTo(begin + since);
                    long time = clock.next(composed.get(i), 0);
                    first = Math.min(first, time);
                    times.add(time);
                }
                if (pause > 0) {
                    pauses.add(new Pause(first - pause, first));
                }
                long missing = last ? 0 : following - begin - (stop - start);
                long frame = (stop - start) / (to - from);
                pause = missing > Math.max(shortestPause, 2 * frame) ? missing : 0;
                begin = following;
            }
            return new Composed(times.build(), clock.mayRepeat(), List.copyOf(pauses));
        }

        /** @return whether the durations of a fragment are positive and end before the next fragment */
        private boolean fits(int from, int to, long length) {
            for (int i = from + 1; i < to; i++) {
                if (decodes.get(i) < decodes.get(i - 1)) {
                    return false;
                }
            }
            return decodes.get(to - 1) - decodes.get(from) < length;
        }

        private long begin(int fragment, long byDuration) {
            return isConsistent(fragment) ? begins.get(fragment) : byDuration;
        }

        private boolean isConsistent(int fragment) {
            if (fragment >= fragments || begins.get(fragment) <= previous) {
                return false;
            }
            for (int i = fragment + 1; i < Math.min(fragments, fragment + 1 + AHEAD); i++) {
                if (begins.get(i) > previous && begins.get(i) < begins.get(fragment)) {
                    return false;
                }
            }
            return true;
        }
    }
}

package routes.mp4;

/**
 * Composition times of the samples of a fragmented track. A fragment has a start time and a duration per sample. If
 * they contradict each other, the start times count, except for one that the following fragments contradict. Samples
 * whose durations do not fit are spaced evenly.
 */
final class FragmentClock {
    /** Number of later fragments whose start times are compared with one. */
    private static final int AHEAD = 3;

    private static final long UNKNOWN = Long.MIN_VALUE;

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
     * @param before composition times of the samples before all fragments, in ticks
     * @param end of these, in ticks
     * @return those of the samples before and in all fragments, all different
     */
    PackedLongColumn times(PackedLongColumn before, long end) throws MalformedMp4Exception {
        return new Times(before.count() > 0 ? end - 1 : UNKNOWN).compose(before, end);
    }

    private final class Times {
        private final PackedLongColumn first = firsts.build();
        private final PackedLongColumn begins = starts.build();
        private final PackedLongColumn byDurations = elapsed.build();
        private final PackedLongColumn decodes = decoded.build();
        private final PackedLongColumn composed = offsets.build();
        /** Start of the previous fragment. */
        private long previous;

        Times(long previous) {
            this.previous = previous;
        }

        PackedLongColumn compose(PackedLongColumn before, long end) throws MalformedMp4Exception {
            PackedLongColumn.Builder times = new PackedLongColumn.Builder();
            before.stream().forEachOrdered(times::add);
            TimingTables.Clock clock = new TimingTables.Clock();
            long begin = begin(0, end);
            for (int fragment = 0; fragment < fragments; fragment++) {
                boolean last = fragment + 1 == fragments;
                long start = byDurations.get(fragment);
                long stop = last ? now : byDurations.get(fragment + 1);
                int from = (int) first.get(fragment);
                int to = last ? samples : (int) first.get(fragment + 1);
                previous = begin;
                long following = begin(fragment + 1, begin + stop - start);
                boolean even = isConsistent(fragment + 1) && !fits(from, to, following - begin);
                for (int i = from; i < to; i++) {
                    long since = even ? (following - begin) * (i - from) / (to - from) : decodes.get(i) - start;
                    clock.moveTo(begin + since);
                    times.add(clock.next(composed.get(i), 0));
                }
                begin = following;
            }
            return clock.makeDistinct(times.build());
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

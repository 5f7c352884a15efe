package routes.mp4;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads composition times: stts, ctts. */
final class TimingTables {
    /** Maximum samples of a track whose times have to be sorted. */
    private static final int MOST_REPEATED = 10_000_000;

    private TimingTables() {}

    /**
     * Composition times as they are listed.
     *
     * @param times in ticks
     * @param mayRepeat whether two may be the same
     */
    record Listed(PackedLongColumn times, boolean mayRepeat) {}

    /** @param count of samples */
    static Listed times(Box stts, Optional<Box> ctts, int count) throws MalformedMp4Exception {
        RunLengthTable durations = RunLengthTable.of(stts);
        RunLengthTable offsets = ctts.isPresent() ? RunLengthTable.of(ctts.get()) : null;
        Clock clock = new Clock();
        PackedLongColumn.Builder times = new PackedLongColumn.Builder();
        for (int i = 0; i < count; i++) {
            if (!durations.next()) {
                throw new MalformedMp4Exception("stts holds fewer samples than stsz");
            }
            // both are signed: in version 1, and in version 0 of many recorders, contrary to the standard
            times.add(clock.next(offsets != null && offsets.next() ? offsets.value() : 0, durations.value()));
        }
        durations.end();
        if (offsets != null) {
            offsets.end();
        }
        return new Listed(times.build(), clock.mayRepeat);
    }

    /** @return samples at composition times that are all different; slices of one picture are one sample */
    static ListedSamples makeDistinct(ListedSamples listed, boolean pictures) throws MalformedMp4Exception {
        ListedSamples merged = pictures ? SliceSamples.merge(listed.samples(), listed.runs()) : listed;
        Samples samples = merged.samples();
        return new ListedSamples(samples.shownAt(Clock.spread(samples.times())), merged.runs(), listed.pauses());
    }

    /**
     * Converts durations to composition times. Decode times never decrease, and no two samples have the same
     * composition time.
     */
    static final class Clock {
        private long decoded;
        private long latest = Long.MIN_VALUE;
        private boolean mayRepeat;

        /** @param time decode time of the next sample, in ticks */
        void moveTo(long time) {
            decoded = time;
        }

        /**
         * @param offset composition offset, in ticks
         * @param duration until the next sample is decoded, in ticks
         * @return composition time of the next sample
         */
        long next(long offset, long duration) {
            mayRepeat |= decoded <= latest;
            latest = Math.max(latest, decoded);
            decoded += duration;
            return latest + offset;
        }

        boolean mayRepeat() {
            return mayRepeat;
        }

        /** Of samples with the same time the last one keeps it; the others share the time since the sample before. */
        private static PackedLongColumn spread(PackedLongColumn times) throws MalformedMp4Exception {
            if (times.count() > MOST_REPEATED) {
                throw new MalformedMp4Exception("more than " + MOST_REPEATED + " samples, some at one time");
            }
            long[] sorted = times.stream().sorted().toArray();
            long[] moved = new long[sorted.length];
            long next = Long.MAX_VALUE;
            for (int end = sorted.length; end > 0; ) {
                long time = sorted[end - 1];
                int from = end - 1;
                while (from > 0 && sorted[from - 1] == time) {
                    from--;
                }
                long room = from > 0 ? time - sorted[from - 1] : end - from;
                for (int k = end - 1; k >= from; k--) {
                    next = Math.min(next - 1, time - room * (end - 1 - k) / (end - from));
                    moved[k] = next;
                }
                end = from;
            }
            int[] taken = new int[sorted.length];
            return PackedLongColumn.of(times.stream().map(time -> {
                int first = firstOf(time, sorted);
                return moved[first + taken[first]++];
            }));
        }

        private static int firstOf(long time, long... sorted) {
            int low = 0;
            int high = sorted.length - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted[middle] < time) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /** @return duration of the last sample in decode order, in ticks; that of the one before if it is 0 */
    static long lastDuration(ByteBuffer stts) throws MalformedMp4Exception {
        long last = 1;
        for (int left = Box.entries(stts, 8); left > 0; left--) {
            stts.getInt();
            long duration = stts.getInt();
            last = duration > 0 ? duration : last;
        }
        return last;
    }
}

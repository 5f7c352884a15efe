package routes.mp4;

import java.util.BitSet;

/**
 * A track on its way into a file, with the times that its tables will tell.
 *
 * <p>Decode times are the presentation times in ascending order, moved ahead by the longest delay that reordering
 * causes; an edit begins where the presentation does. So frames may be shown for any length of time, and a player that
 * ignores edits shows the same frames.
 *
 * @param kind {@code vide} or {@code soun}
 * @param timescale ticks per second
 * @param shownSize of a picture before it is turned
 * @param samples what lies before 0 is decoded and not shown
 * @param lastDuration of the sample that is shown last, in ticks
 * @param sorted presentation times in ticks, ascending
 * @param delay of reordering, in ticks
 */
record OutputTrack(
        String kind,
        long timescale,
        SampleEntry entry,
        Matrix matrix,
        ShownSize shownSize,
        SampleSequence samples,
        long lastDuration,
        PackedLongColumn sorted,
        long delay) {

    static OutputTrack of(
            String kind,
            long timescale,
            SampleEntry entry,
            Matrix matrix,
            ShownSize shownSize,
            SampleSequence samples,
            long lastDuration) {
        PackedLongColumn sorted = samples.sortedTimes();
        long delay = 0;
        for (int i = 0; i < sorted.count(); i++) {
            delay = Math.max(delay, sorted.get(i) - samples.time(i));
        }
        return new OutputTrack(kind, timescale, entry, matrix, shownSize, samples, lastDuration, sorted, delay);
    }

    int count() {
        return sorted.count();
    }

    /** @return ticks from decoding a sample to decoding the next */
    long decodeDuration(int index) {
        return index + 1 < count() ? sorted.get(index + 1) - sorted.get(index) : lastDuration;
    }

    /** @return ticks from decoding a sample to showing it, at least 0 */
    long offset(int index) {
        return samples.time(index) - sorted.get(index) + delay;
    }

    /** @return where in the track its presentation begins, in ticks; negative where the track begins later */
    long editStart() {
        return delay - sorted.get(0);
    }

    /** @return ticks that are shown */
    long duration() {
        return sorted.get(count() - 1) + lastDuration;
    }

    /** @return ticks from the first decode time to the end of the last sample */
    long mediaDuration() {
        return duration() - sorted.get(0);
    }

    /** @return the second, from the first sample on, in which a sample is decoded */
    long second(int index) {
        return (sorted.get(index) - sorted.get(0)) / timescale;
    }

    /** @return null where all samples are keyframes */
    BitSet keyframes() {
        return samples.keyframes().cardinality() == count() ? null : samples.keyframes();
    }
}

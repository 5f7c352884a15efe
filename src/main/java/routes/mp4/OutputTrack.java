package routes.mp4;

import java.util.BitSet;

/**
 * A track to be written, with the times of its tables.
 * <p>Decode times are the presentation times in ascending order, moved ahead by the longest delay of reordering. An
 * edit starts at the start of the presentation. So any frame durations are possible, and a player that ignores edits
 * shows the same frames.
 *
 * @param kind {@code vide} or {@code soun}
 * @param timescale ticks per second
 * @param shownSize of a picture before its rotation
 * @param samples negative times are decoded and not shown
 * @param lastDuration of the last sample in presentation order, in ticks
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

    /** @return ticks from a sample's decode time to that of the next */
    long decodeDuration(int index) {
        return index + 1 < count() ? sorted.get(index + 1) - sorted.get(index) : lastDuration;
    }

    /** @return composition offset in ticks, at least 0 */
    long offset(int index) {
        return samples.time(index) - sorted.get(index) + delay;
    }

    /** @return start of the presentation within the track, in ticks; negative if the track starts later */
    long editStart() {
        return delay - sorted.get(0);
    }

    /** @return duration of the presentation, in ticks */
    long duration() {
        return sorted.get(count() - 1) + lastDuration;
    }

    /** @return ticks from the first decode time to the end of the last sample */
    long mediaDuration() {
        return duration() - sorted.get(0);
    }

    /** @return the second, counted from the first sample, in which a sample is decoded */
    long second(int index) {
        return (sorted.get(index) - sorted.get(0)) / timescale;
    }

    /** @return null if all samples are keyframes */
    BitSet keyframes() {
        return samples.keyframes().cardinality() == count() ? null : samples.keyframes();
    }
}

package routes.mp4;

/**
 * One track of a movie.
 *
 * @param kind {@code vide} or {@code soun}
 * @param timescale ticks per second
 * @param entry how its samples are coded
 * @param matrix how the picture is turned, as in {@code tkhd}
 * @param edited whether an edit list tells where the presentation begins
 */
public record Track(String kind, long timescale, SampleEntry entry, Matrix matrix, boolean edited, Samples samples) {
    /** Seconds. */
    private static final long LONGEST_PAUSE = 2;

    /**
     * @return ticks at which the presentation begins: with the first sample, where no edit list tells otherwise, or where
     *     it tells of so long a pause that the track must have been part of a longer one
     */
    public long origin() {
        long first = samples.times().stream().min().orElse(0);
        return edited && first < LONGEST_PAUSE * timescale ? 0 : first;
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

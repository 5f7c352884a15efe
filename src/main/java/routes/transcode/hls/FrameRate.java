package routes.transcode.hls;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The maximum frame rate of a picture (RFC 8216, 4.3.4.2), by its shortest usual time between two frames. A single odd
 * time, such as that before the last frame of an MPEG program stream, does not count.
 */
final class FrameRate {
    /** One of so many times may be odd. */
    private static final int USUAL = 20;
    /** Times that differ by less than this factor belong to the same rate, of a recorder whose clock varies. */
    private static final double VARIED = 1.3;
    /** The same for a container that rounds times to its ticks. */
    private static final double ROUNDED = 1.05;
    /** Microseconds of the longest ticks, and a little. */
    private static final double TICK = 1100;
    /** Rates that differ by less are equal; 24 and 24000/1001 differ by more. */
    private static final double ROUNDING = 4e-4;

    private static final double NTSC = 1.001;

    private FrameRate() {}

    /**
     * @param frames times in microseconds, ascending
     * @param end of the last frame in microseconds
     * @return frames per second; 0 if there are none
     */
    static double of(long[] frames, long end) {
        if (frames.length == 0) {
            return 0;
        }
        if (frames.length == 1) {
            return rounded((double) FilmTimes.SECOND / Math.max(1, end - frames[0]));
        }
        long[] times = IntStream.range(1, frames.length)
                .mapToLong(i -> frames[i] - frames[i - 1])
                .filter(time -> time > 0)
                .sorted()
                .toArray();
        if (times.length == 0) {
            return 0;
        }
        long shortest = times[Math.min(times.length - 1, Math.max(1, times.length / USUAL))];
        double varied = mean(times, shortest / VARIED, shortest * VARIED);
        double tolerance = Math.max(TICK, varied * (ROUNDED - 1));
        return rounded(FilmTimes.SECOND / mean(times, varied - tolerance, varied + tolerance));
    }

    private static double mean(long[] times, double from, double to) {
        return Arrays.stream(times)
                .filter(time -> time >= from && time <= to)
                .average()
                .orElse((from + to) / 2);
    }

    /** @return the whole rate, or the one of NTSC, that is close to it; or else the same */
    private static double rounded(double rate) {
        double whole = Math.rint(rate);
        double ntsc = Math.rint(rate * NTSC) / NTSC;
        double nearest = Math.abs(whole - rate) < Math.abs(ntsc - rate) ? whole : ntsc;
        return Math.abs(nearest - rate) <= rate * ROUNDING ? nearest : rate;
    }
}

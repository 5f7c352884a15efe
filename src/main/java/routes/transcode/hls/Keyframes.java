package routes.transcode.hls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/** Where segments begin. Every attempt at a film comes to the same instants. */
final class Keyframes {
    /** Least microseconds of a segment, but the last. */
    static final long SEGMENT = 6 * FilmTimes.SECOND;
    /** Between the keyframes of an encoded film; a divisor of {@link #SEGMENT}. */
    static final long ENCODED = 2 * FilmTimes.SECOND;
    /** Frames that are this much too early belong to the next interval. No common frame rate has such a fraction. */
    static final long ROUNDING = 517;

    /** So many fit into an argument of ffmpeg. The segments of a longer film are twice as long, or four times. */
    private static final int MOST = 12_000;

    private Keyframes() {}

    private static List<Long> limited(List<Long> starts) {
        if (starts.size() <= MOST) {
            return List.copyOf(starts);
        }
        return limited(IntStream.range(0, (starts.size() + 1) / 2)
                .mapToObj(i -> starts.get(2 * i))
                .toList());
    }

    /** @return starts of the segments of a film whose picture is copied, the first at 0 */
    static List<Long> copied(FilmTimes times) {
        List<Long> starts = new ArrayList<>(List.of(0L));
        PrimitiveIterator.OfLong each = times.keyframes().iterator();
        while (each.hasNext()) {
            long key = each.nextLong();
            if (key - starts.get(starts.size() - 1) >= SEGMENT - ROUNDING) {
                starts.add(key);
            }
        }
        return limited(starts);
    }

    /**
     * @param bytes of the film
     * @return whether sound outlasts the picture by more than a segment, so that frames must be added
     */
    static boolean isPictureTooShort(FilmTimes times, long bytes) {
        return times.soundAlone(bytes) > SEGMENT;
    }

    /**
     * @param bytes of the film
     * @return starts of the segments of a film that is encoded: the first frame of each interval is a keyframe
     */
    static List<Long> encoded(FilmTimes times, long bytes) {
        List<Long> starts = new ArrayList<>(List.of(0L));
        long interval = 0;
        PrimitiveIterator.OfLong each = times.frames().iterator();
        while (each.hasNext()) {
            long frame = each.nextLong();
            long next = (frame + ROUNDING) / SEGMENT;
            if (next != interval) {
                interval = next;
                starts.add(frame);
            }
        }
        if (isPictureTooShort(times, bytes)) {
            long end = times.pictureLength() + times.soundAlone(bytes);
            for (long at = (interval + 1) * SEGMENT; at < end - FilmTimes.SECOND; at += SEGMENT) {
                starts.add(at);
            }
        }
        return limited(starts);
    }

    /**
     * @param starts of segments, ascending
     * @return of each start, when the frame before it is shown; shorter than the starts if no frame is shown at the last
     *     ones
     */
    static long[] framesBefore(FilmTimes times, List<Long> starts) {
        long[] before = new long[starts.size()];
        int next = 0;
        long last = 0;
        PrimitiveIterator.OfLong each = times.frames().iterator();
        while (each.hasNext() && next < before.length) {
            long frame = each.nextLong();
            while (next < before.length && starts.get(next) <= frame) {
                before[next++] = last;
            }
            last = frame;
        }
        return Arrays.copyOf(before, next);
    }

    /** @return starts of the segments of sound */
    static List<Long> ofSound(FilmTimes times) {
        List<Long> starts = new ArrayList<>();
        for (long at = 0; at < times.length(); at += SEGMENT) {
            starts.add(at);
        }
        return limited(starts);
    }

    /** @return the longest time from a keyframe to the next one or the end */
    static long longestGap(FilmTimes times) {
        long before = 0;
        long longest = 0;
        PrimitiveIterator.OfLong each = times.keyframes().iterator();
        while (each.hasNext()) {
            long key = each.nextLong();
            longest = Math.max(longest, key - before);
            before = key;
        }
        return Math.max(longest, times.length() - before);
    }
}

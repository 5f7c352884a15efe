package routes.media.mp4;

import java.nio.ByteBuffer;

/** The tables that say when samples are shown: stts, ctts, elst. */
final class TimeTables {
    private TimeTables() {}

    /**
     * @param times filled with decode times, in ticks
     * @return the last sample's duration, in ticks; that of one before it where it is told to have none
     */
    static long decodeTimes(ByteBuffer b, long[] times) throws BrokenMovie {
        long time = 0;
        long last = 1;
        int i = 0;
        for (int left = Box.entries(b, 8); left > 0; left--) {
            long run = Integer.toUnsignedLong(b.getInt());
            long delta = Integer.toUnsignedLong(b.getInt());
            if (run > times.length - i) {
                throw new BrokenMovie("stts holds more samples than stsz");
            }
            for (long k = 0; k < run; k++) {
                times[i++] = time;
                time += delta;
            }
            last = delta > 0 ? delta : last;
        }
        if (i != times.length) {
            throw new BrokenMovie("stts holds fewer samples than stsz");
        }
        return last;
    }

    /** Adds to decode times what makes presentation times of them, in ticks. */
    static Void addOffsets(ByteBuffer b, long[] times) throws BrokenMovie {
        int i = 0;
        for (int left = Box.entries(b, 8); left > 0; left--) {
            long run = Integer.toUnsignedLong(b.getInt());
            // signed in version 1, and written signed by many in version 0
            int offset = b.getInt();
            if (run > times.length - i) {
                throw new BrokenMovie("ctts holds more samples than stsz");
            }
            for (long k = 0; k < run; k++) {
                times[i++] += offset;
            }
        }
        return null;
    }

    /**
     * @param first composition time of all; an edit that starts before it is one that forgot reordering
     * @return ticks to add to a composition time: pauses before the first edit, less the edit's start
     */
    static long editShift(ByteBuffer b, long first, long timescale, long movieScale) throws BrokenMovie {
        boolean wide = b.get(0) == 1;
        long pause = 0;
        for (int left = Box.entries(b, wide ? 20 : 12); left > 0; left--) {
            long duration = wide ? b.getLong() : Integer.toUnsignedLong(b.getInt());
            long mediaTime = wide ? b.getLong() : b.getInt();
            b.getInt();
            if (mediaTime >= 0) {
                return pause - Math.max(mediaTime, first);
            }
            pause += duration * timescale / movieScale;
        }
        return pause;
    }
}

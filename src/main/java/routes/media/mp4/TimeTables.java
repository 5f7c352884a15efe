package routes.media.mp4;

import java.nio.ByteBuffer;

/** The tables that say when samples are shown: stts, ctts, elst. */
final class TimeTables {
    private TimeTables() {}

    /**
     * @param times filled with decode times, in ticks
     * @return the last sample's duration, in ticks
     */
    static long decodeTimes(ByteBuffer b, long[] times) throws BrokenMovie {
        long time = 0;
        long delta = 0;
        int i = 0;
        for (int left = Box.entries(b, 8); left > 0; left--) {
            long run = Integer.toUnsignedLong(b.getInt());
            delta = Integer.toUnsignedLong(b.getInt());
            if (run > times.length - i) {
                throw new BrokenMovie("stts holds more samples than stsz");
            }
            for (long k = 0; k < run; k++) {
                times[i++] = time;
                time += delta;
            }
        }
        if (i != times.length) {
            throw new BrokenMovie("stts holds fewer samples than stsz");
        }
        return delta;
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

    /** @return ticks to add to a composition time: pauses before the first edit, less the edit's start */
    static long editShift(ByteBuffer b, long timescale, long movieScale) throws BrokenMovie {
        boolean wide = b.get(0) == 1;
        long pause = 0;
        for (int left = Box.entries(b, wide ? 20 : 12); left > 0; left--) {
            long duration = wide ? b.getLong() : Integer.toUnsignedLong(b.getInt());
            long mediaTime = wide ? b.getLong() : b.getInt();
            b.getInt();
            if (mediaTime >= 0) {
                return pause - mediaTime;
            }
            pause += duration * timescale / movieScale;
        }
        return pause;
    }
}

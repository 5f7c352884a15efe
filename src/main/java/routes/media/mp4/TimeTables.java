package routes.media.mp4;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The tables that say when samples are shown: stts, ctts, elst. */
final class TimeTables {
    private TimeTables() {}

    /**
     * @param stts read to its end
     * @param shift ticks to add to all times
     * @return presentation times, in ticks
     */
    static Column times(RunTable stts, Optional<Box> ctts, int count, long shift) throws BrokenMovie {
        RunTable offsets = ctts.isPresent() ? RunTable.of(ctts.get()) : null;
        Column.Builder times = new Column.Builder();
        long decoded = shift;
        for (int i = 0; i < count; i++) {
            if (!stts.next()) {
                throw new BrokenMovie("stts holds fewer samples than stsz");
            }
            // signed in version 1, and written signed by many in version 0
            times.add(offsets != null && offsets.next() ? decoded + offsets.value() : decoded);
            decoded += Integer.toUnsignedLong(stts.value());
        }
        stts.end();
        if (offsets != null) {
            offsets.end();
        }
        return times.build();
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

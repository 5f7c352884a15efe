package routes.mp4;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The tables that say when samples are shown: stts, ctts, elst. */
final class TimingTables {
    private TimingTables() {}

    /**
     * @param count of samples; each has a time
     * @return composition times, in ticks
     */
    static PackedLongColumn times(Box stts, Optional<Box> ctts, int count) throws MalformedMp4Exception {
        RunLengthTable durations = RunLengthTable.of(stts);
        RunLengthTable offsets = ctts.isPresent() ? RunLengthTable.of(ctts.get()) : null;
        PackedLongColumn.Builder times = new PackedLongColumn.Builder();
        long decoded = 0;
        for (int i = 0; i < count; i++) {
            if (!durations.next()) {
                throw new MalformedMp4Exception("stts holds fewer samples than stsz");
            }
            // signed in version 1, and written signed by many in version 0
            times.add(offsets != null && offsets.next() ? decoded + offsets.value() : decoded);
            decoded += Integer.toUnsignedLong(durations.value());
        }
        durations.end();
        if (offsets != null) {
            offsets.end();
        }
        return times.build();
    }

    /** @return ticks of the sample that is decoded last; those of one before it where it is told to take none */
    static long lastDuration(ByteBuffer stts) throws MalformedMp4Exception {
        long last = 1;
        for (int left = Box.entries(stts, 8); left > 0; left--) {
            stts.getInt();
            long duration = Integer.toUnsignedLong(stts.getInt());
            last = duration > 0 ? duration : last;
        }
        return last;
    }

    /**
     * @param first composition time of all; an edit that starts before it is one that forgot reordering
     * @return ticks to add to a composition time: pauses before the first edit, less the edit's start
     */
    static long editShift(ByteBuffer b, long first, long timescale, long movieScale) throws MalformedMp4Exception {
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

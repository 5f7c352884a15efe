package routes.media.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;

/** Turns the tables of a track (stts, ctts, stsz, stss, elst) into presentation times. */
final class SampleTables {
    private static final int VERSION_AND_FLAGS = 4;

    private SampleTables() {}

    /** @param fileLength bytes; no file has more samples than that */
    static Track read(Box moov, Box trak, long fileLength) throws BrokenMovie {
        Box mdia = trak.need("mdia");
        Box stbl = mdia.need("minf", "stbl");
        String kind = mdia.need("hdlr").read(b -> name(b, 8));
        long timescale = mdia.need("mdhd").read(b -> Integer.toUnsignedLong(b.getInt(b.get(0) == 1 ? 20 : 12)));
        long movieScale = moov.need("mvhd").read(b -> Integer.toUnsignedLong(b.getInt(b.get(0) == 1 ? 20 : 12)));
        if (timescale == 0 || movieScale == 0) {
            throw new BrokenMovie("a timescale is 0");
        }
        int count = stbl.need("stsz").read(b -> sampleCount(b, fileLength));
        long[] times = new long[count];
        long lastDuration = stbl.need("stts").read(b -> decodeTimes(b, times));
        Optional<Box> ctts = stbl.find("ctts");
        if (ctts.isPresent()) {
            ctts.get().read(b -> addOffsets(b, times));
        }
        Optional<Box> elst = trak.find("edts", "elst");
        long shift = elst.isPresent() ? elst.get().read(b -> editShift(b, timescale, movieScale)) : 0;
        for (int i = 0; i < count; i++) {
            times[i] += shift;
        }
        Optional<Box> stss = stbl.find("stss");
        BitSet keyframes = stss.isPresent() ? stss.get().read(b -> keyframes(b, count)) : all(count);
        Box stsd = stbl.need("stsd");
        boolean video = kind.equals("vide");
        return new Track(
                kind,
                stsd.read(b -> name(b, 12)),
                timescale,
                video ? stsd.read(b -> Short.toUnsignedInt(b.getShort(40))) : 0,
                video ? stsd.read(b -> Short.toUnsignedInt(b.getShort(42))) : 0,
                times,
                lastDuration,
                keyframes);
    }

    private static String name(ByteBuffer b, int at) {
        byte[] name = new byte[4];
        b.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static int sampleCount(ByteBuffer b, long fileLength) throws BrokenMovie {
        long size = Integer.toUnsignedLong(b.getInt(4));
        long count = Integer.toUnsignedLong(b.getInt(8));
        long most = size == 0 ? (b.limit() - 12) / 4 : fileLength / size;
        if (count > most || count > Integer.MAX_VALUE - 8) {
            throw new BrokenMovie("the file cannot hold " + count + " samples");
        }
        return (int) count;
    }

    private static long decodeTimes(ByteBuffer b, long[] times) throws BrokenMovie {
        int entries = b.getInt(VERSION_AND_FLAGS);
        b.position(VERSION_AND_FLAGS + 4);
        long time = 0;
        long delta = 0;
        int i = 0;
        for (int e = 0; e < entries; e++) {
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

    private static Void addOffsets(ByteBuffer b, long[] times) throws BrokenMovie {
        int entries = b.getInt(VERSION_AND_FLAGS);
        b.position(VERSION_AND_FLAGS + 4);
        int i = 0;
        for (int e = 0; e < entries; e++) {
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
    private static long editShift(ByteBuffer b, long timescale, long movieScale) {
        boolean wide = b.get(0) == 1;
        int entries = b.getInt(VERSION_AND_FLAGS);
        b.position(VERSION_AND_FLAGS + 4);
        long pause = 0;
        for (int e = 0; e < entries; e++) {
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

    private static BitSet keyframes(ByteBuffer b, int count) throws BrokenMovie {
        int entries = b.getInt(VERSION_AND_FLAGS);
        b.position(VERSION_AND_FLAGS + 4);
        BitSet keyframes = new BitSet(count);
        for (int e = 0; e < entries; e++) {
            long number = Integer.toUnsignedLong(b.getInt());
            if (number < 1 || number > count) {
                throw new BrokenMovie("stss names a sample that is not there");
            }
            keyframes.set((int) number - 1);
        }
        return keyframes;
    }

    private static BitSet all(int count) {
        BitSet all = new BitSet(count);
        all.set(0, count);
        return all;
    }
}

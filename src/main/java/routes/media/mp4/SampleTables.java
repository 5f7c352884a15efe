package routes.media.mp4;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** Reads what a {@code trak} box says of its samples. */
final class SampleTables {
    private SampleTables() {}

    /** @return {@code vide}, {@code soun} or another handler */
    static String kind(Box trak) throws BrokenMovie {
        return trak.need("mdia", "hdlr").read(b -> Box.name(b, 8));
    }

    /** @param fileLength bytes; all samples lie within, and no table is longer */
    static Track read(Box moov, Box trak, String kind, long fileLength) throws BrokenMovie {
        Box mdia = trak.need("mdia");
        Box stbl = mdia.need("minf", "stbl");
        long timescale = mdia.need("mdhd").read(SampleTables::timescale);
        long movieScale = moov.need("mvhd").read(SampleTables::timescale);
        if (timescale == 0 || movieScale == 0) {
            throw new BrokenMovie("a timescale is 0");
        }
        SampleEntry entry = stbl.need("stsd").read(b -> SampleEntry.read(b, kind));
        Matrix matrix = trak.need("tkhd").read(b -> Matrix.read(b, b.get(0) == 1 ? 52 : 40));
        Optional<Box> elst = trak.find("edts", "elst");
        if (stbl.need("stsz").read(b -> RawSound.is(kind, entry, b))) {
            long start = elst.isPresent() ? elst.get().read(b -> TimeTables.editShift(b, 0, timescale, movieScale)) : 0;
            Samples chunks = RawSound.read(stbl, start, fileLength);
            return new Track(kind, timescale, entry, matrix, elst.isPresent(), chunks);
        }
        int[] sizes = stbl.need("stsz").read(b -> PlaceTables.sizes(b, fileLength));
        if (sizes.length == 0) {
            return new Track(kind, timescale, entry, matrix, false, Samples.NONE);
        }
        long[] offsets = PlaceTables.offsets(stbl, sizes, fileLength);
        long[] times = new long[sizes.length];
        long lastDuration = stbl.need("stts").read(b -> TimeTables.decodeTimes(b, times));
        Optional<Box> ctts = stbl.find("ctts");
        if (ctts.isPresent()) {
            ctts.get().read(b -> TimeTables.addOffsets(b, times));
        }
        if (elst.isPresent()) {
            long first = Arrays.stream(times).min().orElse(0);
            long shift = elst.get().read(b -> TimeTables.editShift(b, first, timescale, movieScale));
            for (int i = 0; i < times.length; i++) {
                times[i] += shift;
            }
        }
        Optional<Box> stss = stbl.find("stss");
        BitSet keyframes = new BitSet(sizes.length);
        if (stss.isPresent()) {
            stss.get().read(b -> addKeyframes(b, keyframes, sizes.length));
        } else {
            keyframes.set(0, sizes.length);
        }
        Samples samples = new Samples(times, offsets, sizes, keyframes, lastDuration);
        return new Track(kind, timescale, entry, matrix, elst.isPresent(), samples);
    }

    private static long timescale(ByteBuffer b) {
        return Integer.toUnsignedLong(b.getInt(b.get(0) == 1 ? 20 : 12));
    }

    private static Void addKeyframes(ByteBuffer b, BitSet keyframes, int count) throws BrokenMovie {
        for (int left = Box.entries(b, 4); left > 0; left--) {
            long number = Integer.toUnsignedLong(b.getInt());
            if (number < 1 || number > count) {
                throw new BrokenMovie("stss names a sample that is not there");
            }
            keyframes.set((int) number - 1);
        }
        return null;
    }
}

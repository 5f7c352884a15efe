package routes.media.mp4;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

/** Reads what a {@code trak} box says of its samples. */
final class SampleTables {
    private SampleTables() {}

    /** @return {@code vide}, {@code soun} or another handler */
    static String kind(Box trak) throws BrokenMovie {
        return trak.need("mdia", "hdlr").read(b -> Box.name(b, 8));
    }

    /**
     * @param mvhd of the movie
     * @param fileLength bytes; all samples lie within, and no table is longer
     */
    static Track read(Box mvhd, Box trak, String kind, long fileLength) throws BrokenMovie {
        Box mdia = trak.need("mdia");
        Box stbl = mdia.need("minf", "stbl");
        long timescale = mdia.need("mdhd").read(SampleTables::timescale);
        long movieScale = mvhd.read(SampleTables::timescale);
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
        Column sizes = stbl.need("stsz").read(b -> PlaceTables.sizes(b, fileLength));
        if (sizes.count() == 0) {
            return new Track(kind, timescale, entry, matrix, false, Samples.NONE);
        }
        Places places = PlaceTables.places(stbl, sizes, fileLength);
        Box stts = stbl.need("stts");
        Column composed = TimeTables.times(stts, stbl.find("ctts"), sizes.count());
        long first = composed.stream().min().orElse(0);
        long shift = elst.isPresent() ? elst.get().read(b -> TimeTables.editShift(b, first, timescale, movieScale)) : 0;
        Optional<Box> stss = stbl.find("stss");
        BitSet keyframes = new BitSet(sizes.count());
        if (stss.isPresent()) {
            stss.get().read(b -> addKeyframes(b, keyframes, sizes.count()));
        } else {
            keyframes.set(0, sizes.count());
        }
        Samples samples = new Samples(composed.plus(shift), places, keyframes, stts.read(TimeTables::lastDuration));
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

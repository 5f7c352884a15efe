package routes.mp4;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

/** Reads what a {@code trak} box says of its samples. */
final class SampleTables {
    private SampleTables() {}

    /** @return {@code vide}, {@code soun} or another handler */
    static String kind(Box trak) throws MalformedMp4Exception {
        return trak.need("mdia", "hdlr").read(b -> Box.name(b, 8));
    }

    /**
     * @param mvhd of the movie
     * @param fileLength bytes; all samples lie within, and no table is longer
     */
    static Track read(Box mvhd, Box trak, String kind, long fileLength) throws MalformedMp4Exception {
        Box mdia = trak.need("mdia");
        Box stbl = mdia.need("minf", "stbl");
        long timescale = mdia.need("mdhd").read(SampleTables::timescale);
        long movieScale = mvhd.read(SampleTables::timescale);
        if (timescale == 0 || movieScale == 0) {
            throw new MalformedMp4Exception("a timescale is 0");
        }
        SampleEntry entry = stbl.need("stsd").read(b -> SampleEntry.read(b, kind));
        Matrix matrix = trak.need("tkhd").read(b -> Matrix.read(b, b.get(0) == 1 ? 52 : 40));
        Optional<Box> elst = trak.find("edts", "elst");
        if (stbl.need("stsz").read(b -> PcmAudio.is(kind, entry, b))) {
            long start =
                    elst.isPresent() ? elst.get().read(b -> TimingTables.editShift(b, 0, timescale, movieScale)) : 0;
            Samples chunks = PcmAudio.read(stbl, start, fileLength);
            return new Track(kind, timescale, entry, matrix, elst.isPresent(), chunks);
        }
        PackedLongColumn sizes = stbl.need("stsz").read(b -> SampleOffsetTables.sizes(b, fileLength));
        if (sizes.count() == 0) {
            return new Track(kind, timescale, entry, matrix, false, Samples.NONE);
        }
        SampleOffsets places = SampleOffsetTables.places(stbl, sizes, fileLength);
        Box stts = stbl.need("stts");
        PackedLongColumn composed = TimingTables.times(stts, stbl.find("ctts"), sizes.count());
        long first = composed.stream().min().orElse(0);
        long shift =
                elst.isPresent() ? elst.get().read(b -> TimingTables.editShift(b, first, timescale, movieScale)) : 0;
        Optional<Box> stss = stbl.find("stss");
        BitSet keyframes = new BitSet(sizes.count());
        if (stss.isPresent()) {
            stss.get().read(b -> addKeyframes(b, keyframes, sizes.count()));
        } else {
            keyframes.set(0, sizes.count());
        }
        Samples samples = new Samples(composed.plus(shift), places, keyframes, stts.read(TimingTables::lastDuration));
        return new Track(kind, timescale, entry, matrix, elst.isPresent(), samples);
    }

    private static long timescale(ByteBuffer b) {
        return Integer.toUnsignedLong(b.getInt(b.get(0) == 1 ? 20 : 12));
    }

    private static Void addKeyframes(ByteBuffer b, BitSet keyframes, int count) throws MalformedMp4Exception {
        for (int left = Box.entries(b, 4); left > 0; left--) {
            long number = Integer.toUnsignedLong(b.getInt());
            if (number < 1 || number > count) {
                throw new MalformedMp4Exception("stss names a sample that is not there");
            }
            keyframes.set((int) number - 1);
        }
        return null;
    }
}

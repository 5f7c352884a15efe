package routes.mp4;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A {@code trak} box without its sample tables.
 *
 * @param id of the track in fragments
 * @param kind {@code vide}, {@code soun} or another handler
 * @param timescale ticks per second
 * @param entries in the order of {@code stsd}, at least one
 * @param shownSize presentation size before the rotation, in 1/65536 pixel
 * @param edits in presentation order; empty if there is no list
 */
record TrackHeader(
        int id,
        String kind,
        long timescale,
        List<SampleEntry> entries,
        Matrix matrix,
        ShownSize shownSize,
        List<Edit> edits) {
    /** @return {@code vide}, {@code soun} or another handler */
    static String kind(Box trak) throws MalformedMp4Exception {
        return trak.need("mdia", "hdlr").read(b -> Box.name(b, 8));
    }

    /** @param mvhd of the movie */
    static TrackHeader read(Box mvhd, Box trak) throws MalformedMp4Exception {
        Box mdia = trak.need("mdia");
        long timescale = mdia.need("mdhd").read(TrackHeader::timescale);
        long movieScale = mvhd.read(TrackHeader::timescale);
        if (timescale == 0 || movieScale == 0) {
            throw new MalformedMp4Exception("a timescale is 0");
        }
        String kind = kind(trak);
        Box tkhd = trak.need("tkhd");
        Optional<Box> elst = trak.find("edts", "elst");
        return new TrackHeader(
                tkhd.read(b -> b.getInt(b.get(0) == 1 ? 20 : 12)),
                kind,
                timescale,
                mdia.need("minf", "stbl", "stsd").read(b -> SampleEntry.read(b, kind)),
                tkhd.read(b -> Matrix.read(b, b.get(0) == 1 ? 52 : 40)),
                tkhd.read(b -> ShownSize.read(b, b.get(0) == 1 ? 88 : 76)),
                elst.isPresent() ? elst.get().read(b -> Edit.read(b, timescale, movieScale)) : List.of());
    }

    private static long timescale(ByteBuffer b) {
        return Integer.toUnsignedLong(b.getInt(b.get(0) == 1 ? 20 : 12));
    }
}

package routes.mp4;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Reads the samples of a track's {@code stbl} box. */
final class SampleTables {
    private SampleTables() {}

    /** @param fileLength bytes; an upper bound of offsets and tables */
    static ListedSamples read(TrackHeader header, Box stbl, long fileLength) throws MalformedMp4Exception {
        if (stbl.need("stsz")
                .read(b -> PcmAudio.is(header.kind(), header.entries().get(0), b))) {
            return new ListedSamples(PcmAudio.read(stbl, fileLength), List.of(new ListedSamples.Run(0, 0)));
        }
        PackedLongColumn sizes = stbl.need("stsz").read(b -> SampleOffsetTables.sizes(b, fileLength));
        if (sizes.count() == 0) {
            return ListedSamples.NONE;
        }
        SampleOffsets places = SampleOffsetTables.places(stbl, sizes, fileLength);
        Box stts = stbl.need("stts");
        TimingTables.Listed composed = TimingTables.times(stts, stbl.find("ctts"), sizes.count());
        Optional<Box> stss = stbl.find("stss");
        BitSet keyframes = new BitSet(sizes.count());
        if (stss.isPresent()) {
            stss.get().read(b -> addKeyframes(b, keyframes, sizes.count()));
        } else {
            keyframes.set(0, sizes.count());
        }
        Samples samples = new Samples(composed.times(), places, keyframes, stts.read(TimingTables::lastDuration));
        List<ListedSamples.Run> runs =
                stbl.need("stsc").read(b -> SampleOffsetTables.descriptions(b, header.entries(), sizes.count()));
        ListedSamples listed = new ListedSamples(samples, runs);
        if (composed.mayRepeat()) {
            listed = TimingTables.makeDistinct(listed, header.kind().equals("vide"));
        }
        return listed.withoutEmpty();
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

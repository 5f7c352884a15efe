package routes.mp4;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.stream.LongStream;

/** Sound with a sample per instant, such as G.711. Its chunks are represented as samples. */
final class PcmAudio {
    private static final int SIZE = 4;
    private static final int RUNS = 8;
    private static final int RUN = 12;

    private PcmAudio() {}

    /** @return whether all samples have one size and are not separate frames for a decoder */
    static boolean is(String kind, SampleEntry entry, ByteBuffer stsz) {
        return kind.equals("soun") && !entry.isAac() && stsz.getInt(SIZE) != 0;
    }

    /** @return one sample per chunk, the first at 0; the last gets the duration of the longest */
    static Samples read(Box stbl, long fileLength) throws MalformedMp4Exception {
        boolean wide = stbl.find("co64").isPresent();
        long bytes = stbl.need("stsz").read(b -> Integer.toUnsignedLong(b.getInt(SIZE)));
        long ticks = stbl.need("stts").read(b -> Box.entries(b, 8) == 0 ? 0 : Integer.toUnsignedLong(b.getInt(12)));
        return stbl.need("stsc").read(runs -> stbl.need(wide ? "co64" : "stco").read(places -> {
            int count = Box.entries(places, wide ? Long.BYTES : Integer.BYTES);
            PackedLongColumn.Builder times = new PackedLongColumn.Builder();
            PackedLongColumn.Builder offsets = new PackedLongColumn.Builder();
            PackedLongColumn.Builder sizes = new PackedLongColumn.Builder();
            int nextRun = 0;
            int runCount = Box.entries(runs, RUN);
            long perChunk = 0;
            long time = 0;
            long longest = 0;
            for (int i = 0; i < count; i++) {
                if (nextRun < runCount && runs.getInt(RUNS + RUN * nextRun) == i + 1) {
                    perChunk = Integer.toUnsignedLong(runs.getInt(RUNS + RUN * nextRun + 4));
                    nextRun++;
                }
                long offset = wide ? places.getLong() : Integer.toUnsignedLong(places.getInt());
                long most = Math.min(fileLength - offset, Integer.MAX_VALUE);
                if (offset < 0 || perChunk > most / bytes) {
                    throw new MalformedMp4Exception("a sample is beyond the end of the file");
                }
                offsets.add(offset);
                sizes.add(perChunk * bytes);
                times.add(time);
                time += perChunk * ticks;
                longest = Math.max(longest, perChunk * ticks);
            }
            PackedLongColumn chunks = PackedLongColumn.of(LongStream.range(0, count));
            SampleOffsets offsetsOfChunks = new SampleOffsets(sizes.build(), chunks, offsets.build());
            return new Samples(times.build(), offsetsOfChunks, new BitSet(), longest);
        }));
    }
}

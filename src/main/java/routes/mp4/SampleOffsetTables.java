package routes.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads sample sizes and offsets: stsz, stsc, stco or co64. */
final class SampleOffsetTables {
    /** Offset of the sizes in stsz. */
    private static final int LIST = 12;

    private SampleOffsetTables() {}

    /**
     * @param fileLength bytes; an upper bound of all sample sizes and of every table
     * @return bytes of each sample
     */
    static PackedLongColumn sizes(ByteBuffer stsz, long fileLength) throws MalformedMp4Exception {
        int one = stsz.getInt(4);
        long count = Integer.toUnsignedLong(stsz.getInt(8));
        PackedLongColumn.Builder sizes = new PackedLongColumn.Builder();
        boolean listed = one != 0 || count <= (stsz.limit() - LIST) / Integer.BYTES;
        if (!listed || count * Long.BYTES > fileLength) {
            throw new MalformedMp4Exception("the file cannot hold " + count + " samples");
        }
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long size = Integer.toUnsignedLong(one != 0 ? one : stsz.getInt(LIST + Integer.BYTES * i));
            sum += size;
            if (size > Integer.MAX_VALUE || sum > fileLength) {
                throw new MalformedMp4Exception("the file cannot hold samples of " + sum + " bytes");
            }
            sizes.add(size);
        }
        return sizes.build();
    }

    /**
     * @param entries of the track's stsd; equal ones count as one
     * @param count of samples
     * @return the sample entry of each run of samples
     */
    static List<ListedSamples.Run> descriptions(ByteBuffer stsc, List<SampleEntry> entries, int count)
            throws MalformedMp4Exception {
        List<ListedSamples.Run> runs = new ArrayList<>();
        runs.add(new ListedSamples.Run(0, 0));
        if (entries.size() == 1) {
            return runs;
        }
        runs.clear();
        int left = Box.entries(stsc, 12);
        long sample = 0;
        long chunk = left > 0 ? Integer.toUnsignedLong(stsc.getInt(stsc.position())) : 0;
        for (; left > 0 && sample < count; left--) {
            stsc.getInt();
            long perChunk = Integer.toUnsignedLong(stsc.getInt());
            long entry = Integer.toUnsignedLong(stsc.getInt());
            if (entry < 1 || entry > entries.size()) {
                throw new MalformedMp4Exception("stsc names an entry of stsd that is not there");
            }
            int same = entries.indexOf(entries.get((int) entry - 1));
            if (runs.isEmpty() || runs.get(runs.size() - 1).entry() != same) {
                runs.add(new ListedSamples.Run((int) sample, same));
            }
            if (left > 1) {
                long next = Integer.toUnsignedLong(stsc.getInt(stsc.position()));
                sample += Math.max(0, next - chunk) * perChunk;
                chunk = next;
            }
        }
        return runs;
    }

    /** @param sizes of all samples, in bytes */
    static SampleOffsets places(Box stbl, PackedLongColumn sizes, long fileLength) throws MalformedMp4Exception {
        boolean wide = stbl.find("co64").isPresent();
        return stbl.need("stsc").read(stsc -> stbl.need(wide ? "co64" : "stco")
                .read(chunks -> places(stsc, chunks, wide, sizes, fileLength)));
    }

    private static SampleOffsets places(
            ByteBuffer stsc, ByteBuffer chunks, boolean wide, PackedLongColumn sizes, long fileLength)
            throws MalformedMp4Exception {
        PackedLongColumn.Builder firsts = new PackedLongColumn.Builder();
        PackedLongColumn.Builder offsets = new PackedLongColumn.Builder();
        int runs = Box.entries(stsc, 12);
        int count = Box.entries(chunks, wide ? Long.BYTES : Integer.BYTES);
        long nextRun = runs > 0 ? Integer.toUnsignedLong(stsc.getInt()) : 0;
        long perChunk = 0;
        int i = 0;
        for (long chunk = 1; chunk <= count; chunk++) {
            if (runs > 0 && chunk == nextRun) {
                perChunk = Integer.toUnsignedLong(stsc.getInt());
                stsc.getInt();
                runs--;
                nextRun = runs > 0 ? Integer.toUnsignedLong(stsc.getInt()) : 0;
            }
            long at = wide ? chunks.getLong() : Integer.toUnsignedLong(chunks.getInt());
            if (perChunk > sizes.count() - i) {
                throw new MalformedMp4Exception("stsc holds more samples than stsz");
            }
            for (long k = 0; k < perChunk; k++) {
                if (k % SampleOffsets.LONGEST_RUN == 0) {
                    firsts.add(i);
                    offsets.add(at);
                }
                long size = sizes.get(i++);
                if (at < 0 || at > fileLength - size) {
                    throw new MalformedMp4Exception("a sample is beyond the end of the file");
                }
                at += size;
            }
        }
        if (i != sizes.count()) {
            throw new MalformedMp4Exception("stsc holds fewer samples than stsz");
        }
        return new SampleOffsets(sizes, firsts.build(), offsets.build());
    }
}

package routes.media.mp4;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The tables that say where samples lie: stsz, stsc, stco or co64. */
final class PlaceTables {
    /** Where in stsz the sizes begin. */
    private static final int LIST = 12;

    private PlaceTables() {}

    /**
     * @param fileLength bytes; all samples together are no longer, nor is any table that is made of the file's
     * @return bytes of each sample
     */
    static int[] sizes(ByteBuffer stsz, long fileLength) throws BrokenMovie {
        int one = stsz.getInt(4);
        long count = Integer.toUnsignedLong(stsz.getInt(8));
        boolean listed = one != 0 || count <= (stsz.limit() - LIST) / Integer.BYTES;
        if (!listed || count * Long.BYTES > fileLength) {
            throw new BrokenMovie("the file cannot hold " + count + " samples");
        }
        int[] sizes = new int[(int) count];
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sizes[i] = one != 0 ? one : stsz.getInt(LIST + Integer.BYTES * i);
            sum += Integer.toUnsignedLong(sizes[i]);
        }
        if (sum > fileLength || Arrays.stream(sizes).anyMatch(size -> size < 0)) {
            throw new BrokenMovie("the file cannot hold samples of " + sum + " bytes");
        }
        return sizes;
    }

    /** @return where each sample begins in the file */
    static long[] offsets(Box stbl, int[] sizes, long fileLength) throws BrokenMovie {
        boolean wide = stbl.find("co64").isPresent();
        return stbl.need("stsc").read(stsc -> stbl.need(wide ? "co64" : "stco")
                .read(chunks -> offsets(stsc, chunks, wide, sizes, fileLength)));
    }

    private static long[] offsets(ByteBuffer stsc, ByteBuffer chunks, boolean wide, int[] sizes, long fileLength)
            throws BrokenMovie {
        long[] offsets = new long[sizes.length];
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
            if (perChunk > sizes.length - i) {
                throw new BrokenMovie("stsc holds more samples than stsz");
            }
            for (long k = 0; k < perChunk; k++) {
                if (at < 0 || at > fileLength - sizes[i]) {
                    throw new BrokenMovie("a sample lies beyond the end of the file");
                }
                offsets[i] = at;
                at += sizes[i++];
            }
        }
        if (i != sizes.length) {
            throw new BrokenMovie("stsc holds fewer samples than stsz");
        }
        return offsets;
    }
}

package routes.mp4;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Writes {@code stbl}, the sample tables of a track. */
final class TrackTables {
    private TrackTables() {}

    /** @param chunks of this track only */
    static void write(BoxWriter stbl, OutputTrack track, List<Chunk> chunks, boolean wide, long dataStart) {
        int count = track.count();
        stbl.box("stsd", 0, 0, b -> b.u32(1).bytes(track.entry().box()));
        runs(stbl, "stts", count, track::decodeDuration);
        if (track.delay() > 0) {
            runs(stbl, "ctts", count, track::offset);
        }
        BitSet keyframes = track.keyframes();
        if (keyframes != null) {
            stbl.box("stss", 0, 0, b -> {
                b.u32(keyframes.cardinality());
                keyframes.stream().forEach(i -> b.u32(i + 1L));
            });
        }
        samplesPerChunk(stbl, chunks);
        stbl.box("stsz", 0, 0, b -> {
            b.u32(0).u32(count);
            for (int i = 0; i < count; i++) {
                b.u32(track.samples().size(i));
            }
        });
        stbl.box(wide ? "co64" : "stco", 0, 0, b -> {
            b.u32(chunks.size());
            chunks.forEach(c -> b.word(wide ? 1 : 0, dataStart + c.offset()));
        });
    }

    private static void runs(BoxWriter stbl, String type, int count, IntToLongFunction value) {
        stbl.box(type, 0, 0, b -> {
            int entries = 0;
            for (int i = 0; i < count; i = runEnd(i, count, value)) {
                entries++;
            }
            b.u32(entries);
            for (int i = 0; i < count; ) {
                int end = runEnd(i, count, value);
                b.u32(end - i).u32(value.applyAsLong(i));
                i = end;
            }
        });
    }

    /** @return the end, exclusive, of the run of samples with the same value */
    private static int runEnd(int start, int count, IntToLongFunction value) {
        long of = value.applyAsLong(start);
        int end = start + 1;
        while (end < count && value.applyAsLong(end) == of) {
            end++;
        }
        return end;
    }

    private static void samplesPerChunk(BoxWriter stbl, List<Chunk> chunks) {
        stbl.box("stsc", 0, 0, b -> {
            long runs = 0;
            for (int i = 0; i < chunks.size(); i++) {
                runs += i == 0 || chunks.get(i).count() != chunks.get(i - 1).count() ? 1 : 0;
            }
            b.u32(runs);
            for (int i = 0; i < chunks.size(); i++) {
                if (i == 0 || chunks.get(i).count() != chunks.get(i - 1).count()) {
                    b.u32(i + 1L).u32(chunks.get(i).count()).u32(1);
                }
            }
        });
    }
}

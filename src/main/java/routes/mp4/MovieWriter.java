package routes.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an MP4 of samples that lie in other files: the header first, then the samples in chunks of about a second, the
 * tracks by turns. Samples go from file to file, not through the heap.
 */
public final class MovieWriter {
    /** Beyond it offsets need 64 bits; room is left for the header, whose length depends on them. */
    private static final long NARROW = 0xF000_0000L;

    private static final int LARGE_HEADER = 16;

    private final List<OutputTrack> tracks = new ArrayList<>();

    /**
     * @param samples shown from 0 on, none missing
     * @param lastDuration of the sample that is shown last, in ticks
     */
    public MovieWriter video(
            long timescale, SampleEntry entry, Matrix matrix, SampleSequence samples, long lastDuration) {
        return video(timescale, entry, matrix, ShownSize.of(entry), samples, lastDuration);
    }

    /**
     * @param shownSize of the picture before it is turned
     * @param samples none missing
     * @param lastDuration of the sample that is shown last, in ticks
     */
    public MovieWriter video(
            long timescale,
            SampleEntry entry,
            Matrix matrix,
            ShownSize shownSize,
            SampleSequence samples,
            long lastDuration) {
        tracks.add(OutputTrack.of("vide", timescale, entry, matrix, shownSize, samples, lastDuration));
        return this;
    }

    /**
     * @param samples what lies before 0 is decoded and not heard
     * @param frameDuration of one sample, in ticks
     */
    public MovieWriter audio(long timescale, AacConfig config, SampleSequence samples, long frameDuration) {
        return audio(timescale, SampleEntry.of(config), samples, frameDuration);
    }

    /**
     * @param samples coded as the entry tells; what lies before 0 is decoded and not heard
     * @param lastDuration of the sample that is heard last, in ticks
     */
    public MovieWriter audio(long timescale, SampleEntry entry, SampleSequence samples, long lastDuration) {
        tracks.add(
                OutputTrack.of("soun", timescale, entry, Matrix.IDENTITY, new ShownSize(0, 0), samples, lastDuration));
        return this;
    }

    /** @param out is made or replaced */
    public void write(Path out) throws IOException {
        List<Chunk> chunks = chunks();
        long bytes = chunks.stream().mapToLong(Chunk::bytes).sum();
        boolean wide = bytes > NARROW;
        try (FileChannel channel = FileChannel.open(
                        out,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                SampleCopy copy = new SampleCopy(channel)) {
            BoxWriter.write(channel, (b, length) -> header(b, chunks, wide, length));
            for (Chunk chunk : chunks) {
                copy.copy(tracks.get(chunk.track()).samples(), chunk.from(), chunk.to());
            }
        }
    }

    private void header(BoxWriter header, List<Chunk> chunks, boolean wide, long dataStart) {
        long bytes = chunks.stream().mapToLong(Chunk::bytes).sum();
        header.box("ftyp", b -> b.name("isom")
                .u32(512)
                .name("isom")
                .name("iso2")
                .name("avc1")
                .name("mp41"));
        header.box("moov", b -> MoovWriter.write(b, tracks, chunks, wide, dataStart));
        if (wide) {
            header.u32(1).name("mdat").u64(LARGE_HEADER + bytes);
        } else {
            header.u32(8 + bytes).name("mdat");
        }
    }

    private List<Chunk> chunks() {
        List<Chunk> chunks = new ArrayList<>();
        int[] next = new int[tracks.size()];
        long offset = 0;
        for (long second = 0; second < Long.MAX_VALUE; second = nextSecond(next)) {
            for (int t = 0; t < next.length; t++) {
                OutputTrack track = tracks.get(t);
                int to = next[t];
                while (to < track.count() && track.second(to) <= second) {
                    to++;
                }
                if (to > next[t]) {
                    Chunk chunk =
                            new Chunk(t, next[t], to, offset, track.samples().size(next[t], to));
                    chunks.add(chunk);
                    offset += chunk.bytes();
                    next[t] = to;
                }
            }
        }
        return chunks;
    }

    /**
     * @param next index of each track's first sample that is in no chunk yet
     * @return the earliest second that has one; the largest number where none has
     */
    private long nextSecond(int... next) {
        long earliest = Long.MAX_VALUE;
        for (int t = 0; t < next.length; t++) {
            if (next[t] < tracks.get(t).count()) {
                earliest = Math.min(earliest, tracks.get(t).second(next[t]));
            }
        }
        return earliest;
    }
}

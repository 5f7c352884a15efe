package routes.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an MP4 of samples from other files: the header first, then the samples in interleaved chunks of about a
 * second. Samples are copied from file to file, not through the heap.
 */
public final class MovieWriter {
    /** Larger files need 64-bit offsets; the margin is for the header, whose size depends on them. */
    private static final long NARROW = 0xF000_0000L;

    private static final int LARGE_HEADER = 16;

    private final List<OutputTrack> tracks = new ArrayList<>();

    /**
     * @param samples without gaps, the first at 0
     * @param lastDuration of the last sample in presentation order, in ticks
     */
    public MovieWriter video(
            long timescale, SampleEntry entry, Matrix matrix, SampleSequence samples, long lastDuration) {
        return video(timescale, entry, matrix, ShownSize.of(entry), samples, lastDuration);
    }

    /**
     * @param shownSize of the picture before its rotation
     * @param samples without gaps
     * @param lastDuration of the last sample in presentation order, in ticks
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
     * @param samples negative times are decoded and not heard
     * @param frameDuration of one sample, in ticks
     */
    public MovieWriter audio(long timescale, AacConfig config, SampleSequence samples, long frameDuration) {
        return audio(timescale, SampleEntry.of(config), samples, frameDuration);
    }

    /**
     * @param samples of this entry; negative times are decoded and not heard
     * @param lastDuration of the last sample that is heard, in ticks
     */
    public MovieWriter audio(long timescale, SampleEntry entry, SampleSequence samples, long lastDuration) {
        tracks.add(
                OutputTrack.of("soun", timescale, entry, Matrix.IDENTITY, new ShownSize(0, 0), samples, lastDuration));
        return this;
    }

    /** @param out is created or replaced */
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
     * @param next per track, index of the first sample without a chunk
     * @return the earliest second of such a sample; the largest number if there is none
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

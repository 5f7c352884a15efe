package routes.mp4;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Appends samples of other files to a file, with as few copies as their offsets allow. See docs/decisions/0007. */
final class SampleCopy implements AutoCloseable {
    private final FileChannel out;
    private final Map<Path, FileChannel> sources = new HashMap<>();

    SampleCopy(FileChannel out) {
        this.out = out;
    }

    /**
     * @param from index of the first sample
     * @param to index after the last sample
     */
    void copy(SampleSequence samples, int from, int to) throws IOException {
        Path file = samples.file(from);
        ByteRange range = samples.range(from);
        for (int i = from + 1; i < to; i++) {
            ByteRange next = samples.range(i);
            boolean adjoins = next.from() == range.to() && samples.file(i).equals(file);
            if (!adjoins) {
                copy(open(file), range);
                file = samples.file(i);
            }
            range = new ByteRange(adjoins ? range.from() : next.from(), next.to());
        }
        copy(open(file), range);
    }

    private void copy(FileChannel source, ByteRange range) throws IOException {
        long at = range.from();
        while (at < range.to()) {
            long copied = source.transferTo(at, range.to() - at, out);
            if (copied <= 0) {
                throw new EOFException("a sample is beyond the end of its file");
            }
            at += copied;
        }
    }

    private FileChannel open(Path file) throws IOException {
        FileChannel open = sources.get(file);
        if (open == null) {
            open = FileChannel.open(file, StandardOpenOption.READ);
            sources.put(file, open);
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        for (FileChannel source : sources.values()) {
            source.close();
        }
    }
}

package routes.media.mp4;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Appends samples of other files to one, in as few copies as their places allow. */
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
        int i = from;
        while (i < to) {
            int end = samples.contiguousUntil(i, to);
            copy(open(samples.file(i)), samples.offset(i), samples.size(i, end));
            i = end;
        }
    }

    private void copy(FileChannel source, long offset, long bytes) throws IOException {
        long done = 0;
        while (done < bytes) {
            long copied = source.transferTo(offset + done, bytes - done, out);
            if (copied <= 0) {
                throw new EOFException("a sample lies beyond the end of its file");
            }
            done += copied;
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

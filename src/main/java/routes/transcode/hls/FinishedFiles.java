package routes.transcode.hls;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Follows the list to which ffmpeg adds a line for each file that it finishes: name, start and end in seconds. */
final class FinishedFiles {
    private final Path list;
    private long read;
    private final Deque<Listed> added = new ArrayDeque<>();

    /**
     * A line of the list.
     *
     * @param start of the first frame in microseconds on ffmpeg's timeline; without a frame, or in the first file, that of
     *     the file
     * @param end of the last frame by an average rate, likewise
     */
    record Listed(long start, long end) {
        static Listed of(String line) {
            int last = line.lastIndexOf(',');
            return new Listed(
                    micros(line.substring(line.lastIndexOf(',', last - 1) + 1, last)),
                    micros(line.substring(last + 1)));
        }

        private static long micros(String seconds) {
            return new BigDecimal(seconds.strip()).movePointRight(6).longValue();
        }
    }

    /** @param list may not exist yet */
    FinishedFiles(Path list) {
        this.list = list;
    }

    /** Reads the lines that were added. */
    void follow() throws IOException {
        if (!Files.exists(list) || Files.size(list) <= read) {
            return;
        }
        try (InputStream in = Files.newInputStream(list)) {
            in.skipNBytes(read);
            String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int complete = lines.lastIndexOf('\n') + 1;
            read += complete;
            lines.substring(0, complete)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> added.add(Listed.of(line)));
        }
    }

    boolean hasNext() {
        return !added.isEmpty();
    }

    Listed next() {
        return added.remove();
    }
}

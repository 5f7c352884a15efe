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
    private final Deque<Long> ends = new ArrayDeque<>();

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
            String added = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int complete = added.lastIndexOf('\n') + 1;
            read += complete;
            added.substring(0, complete).lines().filter(line -> !line.isBlank()).forEach(line -> ends.add(end(line)));
        }
    }

    private static long end(String line) {
        return new BigDecimal(line.substring(line.lastIndexOf(',') + 1).strip())
                .movePointRight(6)
                .longValue();
    }

    boolean hasNext() {
        return !ends.isEmpty();
    }

    /** @return end of the next file, in microseconds on ffmpeg's timeline */
    long next() {
        return ends.remove();
    }
}

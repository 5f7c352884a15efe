package routes.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.mp4.ByteRange;
import routes.mp4.FragmentLocator;
import routes.mp4.MoovLocator;
import routes.mp4.Movie;
import routes.support.Footage;
import routes.support.FootageSpec;

/** The frame of a fragmented recording is the same whether all of it is fetched, or only the tables that it needs. */
class FragmentedStillTest {
    private static final int SECONDS = 60;
    private static final Map<String, Path> RECORDED = new HashMap<>();

    @TempDir
    static Path recordings;

    @TempDir
    Path folder;

    private final List<ByteRange> reads = new ArrayList<>();

    private static FootageSpec spec(String kind) {
        // large fragments: samples of up to 16 KiB are read with the tables around them
        FootageSpec spec =
                FootageSpec.standard().withSize(320, 180).withBFrames(2).withExtra("-qp", "1");
        return switch (kind) {
            case "INDEX_AT_END" -> spec.withExtra("-movflags", "-faststart+frag_keyframe+delay_moov");
            case "INDEX_FIRST" ->
                spec.withExtra("-movflags", "-faststart+dash+global_sidx+delay_moov+frag_keyframe+default_base_moof");
            case "WALL_CLOCK" ->
                spec.withExtra(
                        "-movflags",
                        "-faststart+frag_keyframe+empty_moov+skip_trailer",
                        "-output_ts_offset",
                        "1795212304");
            default -> spec.withExtra("-movflags", "-faststart+frag_keyframe+delay_moov+skip_trailer");
        };
    }

    private static Path record(String kind) {
        return RECORDED.computeIfAbsent(
                kind,
                any -> Footage.record(recordings.resolve(any + ".mp4"), spec(any), 0, SECONDS * 25, Instant.EPOCH));
    }

    /** @param millis from the start of the recording; -1 for the last frame */
    @ParameterizedTest
    @CsvSource({
        "PLAIN, 0",
        "PLAIN, 100",
        "PLAIN, 3020",
        "PLAIN, 31999",
        "PLAIN, 59990",
        "PLAIN, 70000",
        "PLAIN, -1",
        "INDEX_AT_END, 0",
        "INDEX_AT_END, 15000",
        "INDEX_AT_END, 45019",
        "INDEX_AT_END, 70000",
        "INDEX_AT_END, -1",
        "INDEX_FIRST, 0",
        "INDEX_FIRST, 15000",
        "INDEX_FIRST, 45019",
        "INDEX_FIRST, 70000",
        "INDEX_FIRST, -1",
        "WALL_CLOCK, 0",
        "WALL_CLOCK, 15000",
        "WALL_CLOCK, 45019",
        "WALL_CLOCK, 70000",
        "WALL_CLOCK, -1"
    })
    void theTablesAreEnough(String kind, long millis) throws Exception {
        Path whole = record(kind);
        Duration until = millis < 0 ? null : Duration.ofMillis(millis);
        StillFrame expected = frame(whole, until);

        StillFrame found = frame(located(whole, until), until);

        assertThat(found.sinceStart()).isEqualTo(expected.sinceStart());
        assertThat(found.time()).isEqualTo(expected.time());
        assertThat(found.ranges()).isEqualTo(expected.ranges());
        assertThat(found.next()).isEqualTo(expected.next());
        int fragments = new String(Files.readAllBytes(whole), StandardCharsets.ISO_8859_1).split("moof", -1).length;
        assertThat(reads).hasSizeLessThan(2 * fragments + 8);
        assertThat(reads.stream().mapToLong(ByteRange::length).sum())
                .as("of %d bytes in %s", Files.size(whole), reads)
                .isLessThan(Files.size(whole) / 10);
    }

    @ParameterizedTest
    @CsvSource({"INDEX_AT_END, 45", "INDEX_FIRST, 45", "INDEX_AT_END, ", "INDEX_FIRST, "})
    void anIndexSparesTheFragmentsBefore(String kind, Long second) throws Exception {
        Path whole = record(kind);

        located(whole, second == null ? null : Duration.ofSeconds(second));
        int withIndex = reads.size();
        reads.clear();
        located(record("PLAIN"), second == null ? null : Duration.ofSeconds(second));

        assertThat(withIndex).isLessThan(reads.size() - 4);
    }

    @Test
    void fragmentsLongAfterTheInstantAreNotRead() throws Exception {
        Path whole = record("PLAIN");

        located(whole, Duration.ofSeconds(3));

        assertThat(reads.get(reads.size() - 1).to()).isLessThan(Files.size(whole) / 2);
    }

    private static StillFrame frame(Path file, Duration until) throws Exception {
        Movie movie = Movie.read(file);
        return (until == null ? StillFrame.last(file, movie) : StillFrame.at(file, movie, until)).orElseThrow();
    }

    /** @return a sparse file with what was read */
    private Path located(Path whole, Duration until) throws Exception {
        Path part = folder.resolve("part.mp4");
        Files.deleteIfExists(part);
        try (RandomAccessFile to = new RandomAccessFile(part.toFile(), "rw")) {
            to.setLength(Files.size(whole));
        }
        MoovLocator header = new MoovLocator(part);
        for (Optional<ByteRange> next = header.next(); next.isPresent(); next = header.next()) {
            copy(whole, part, next.get());
            header.found(next.get(), Files.size(whole));
        }
        assertThat(Movie.isFragmented(part)).isTrue();
        FragmentLocator fragments = new FragmentLocator(part, until);
        for (Optional<ByteRange> next = fragments.next(); next.isPresent(); next = fragments.next()) {
            copy(whole, part, next.get());
            fragments.found(next.get());
        }
        return part;
    }

    private void copy(Path whole, Path part, ByteRange range) throws IOException {
        reads.add(range);
        try (RandomAccessFile from = new RandomAccessFile(whole.toFile(), "r");
                RandomAccessFile to = new RandomAccessFile(part.toFile(), "rw")) {
            byte[] bytes = new byte[(int) (Math.min(range.to(), from.length()) - range.from())];
            from.seek(range.from());
            from.readFully(bytes);
            to.seek(range.from());
            to.write(bytes);
        }
    }
}

package routes.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.Footage;
import routes.support.FootageSpec;

/** Reads from a file as from a bucket, and counts the bytes read. */
class MoovLocatorTest {
    private static final FootageSpec SPEC = FootageSpec.standard().withSize(320, 180);

    @TempDir
    Path folder;

    @Test
    void aHeaderAtTheFrontTakesTwoReadsAndNothingElse() throws Exception {
        Path far = record("+faststart");

        List<ByteRange> read = search(Files.readAllBytes(far));

        assertThat(read).hasSize(2);
        assertThat(Movie.read(folder.resolve("near.mp4")))
                .usingRecursiveComparison()
                .isEqualTo(Movie.read(far));
    }

    @Test
    void aHeaderAtTheEndTakesTwoReadsAndNothingElse() throws Exception {
        Path far = record("-faststart");

        List<ByteRange> read = search(Files.readAllBytes(far));

        assertThat(read).hasSize(2);
        assertThat(read.get(1).length()).isLessThan(Files.size(far) / 10);
        assertThat(Movie.read(folder.resolve("near.mp4")))
                .usingRecursiveComparison()
                .isEqualTo(Movie.read(far));
    }

    @Test
    void aFileWithoutHeaderIsUnfinished() throws Exception {
        byte[] whole = Files.readAllBytes(record("-faststart"));

        assertThatThrownBy(() -> search(Arrays.copyOf(whole, whole.length / 2)))
                .isInstanceOfSatisfying(MalformedMp4Exception.class, e -> assertThat(e.isUnfinished())
                        .isTrue());
    }

    @Test
    void aFileOfManyEmptyBoxesIsGivenUp() {
        byte[] boxes = new byte[4 << 20];
        for (int i = 3; i < boxes.length; i += 8) {
            boxes[i] = 8;
        }

        assertThatThrownBy(() -> search(boxes))
                .isInstanceOfSatisfying(MalformedMp4Exception.class, e -> assertThat(e.isUnfinished())
                        .isFalse());
    }

    private Path record(String flags) {
        return Footage.record(folder.resolve("far.mp4"), SPEC.withExtra("-movflags", flags), 0, 500, Instant.EPOCH);
    }

    private List<ByteRange> search(byte[] far) throws Exception {
        Path near = folder.resolve("near.mp4");
        MoovLocator search = new MoovLocator(near);
        List<ByteRange> read = new ArrayList<>();
        try (RandomAccessFile file = new RandomAccessFile(near.toFile(), "rw")) {
            for (Optional<ByteRange> next = search.next(); next.isPresent(); next = search.next()) {
                ByteRange range = next.get();
                file.setLength(far.length);
                file.seek(range.from());
                file.write(far, (int) range.from(), (int) (Math.min(range.to(), far.length) - range.from()));
                search.found(range, far.length);
                read.add(range);
            }
        }
        return read;
    }
}

package routes.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.Footage;
import routes.support.FootageSpec;

/** What is written is read again, and every sample is found where it lies. */
class MovieWriterTest {
    private static final long BEYOND_32_BITS = 5L << 30;

    @TempDir
    static Path folder;

    private static Path recording;
    private static Movie movie;
    private static Track video;

    @BeforeAll
    static void record() throws Exception {
        FootageSpec spec = FootageSpec.standard().withSize(320, 180).withBFrames(2);
        recording = Footage.record(folder.resolve("recording.mp4"), spec, 0, 100, Instant.EPOCH);
        movie = Movie.read(recording);
        video = movie.video().orElseThrow();
    }

    @Test
    void unevenTimesAndReorderingAreKept() throws Exception {
        Samples source = video.samples();
        SampleSequence samples = new SampleSequence();
        for (int i = 0; i < source.count(); i++) {
            samples.add(
                    recording,
                    source.range(i),
                    uneven(source.times()[i]),
                    source.keyframes().get(i));
        }
        Path copy = folder.resolve("copy.mp4");

        new MovieWriter()
                .video(video.timescale(), video.entry(), video.matrix(), samples, 777)
                .write(copy);

        Track written = Movie.read(copy).video().orElseThrow();
        assertThat(written.times())
                .isEqualTo(Arrays.stream(source.times())
                        .map(MovieWriterTest::uneven)
                        .toArray());
        assertThat(written.samples().lastDuration()).isEqualTo(777);
        assertThat(written.samples().sizes()).isEqualTo(source.sizes());
        assertThat(written.samples().keyframes()).isEqualTo(source.keyframes());
        assertThat(written.entry()).isEqualTo(video.entry());
        for (int i = 0; i < source.count(); i++) {
            assertThat(bytes(copy, written.samples().range(i))).isEqualTo(bytes(recording, source.range(i)));
        }
    }

    @Test
    void offsetsBeyond32BitsAreReadAsTheyWereWritten() throws Exception {
        SampleSequence samples = new SampleSequence();
        samples.add(recording, video.samples().range(0), 0, true);
        NewTrack track = NewTrack.of("vide", video.timescale(), video.entry(), video.matrix(), samples, 512);
        List<Chunk> chunks = List.of(new Chunk(0, 0, 1, 0, samples.size(0, 1)));
        ByteBuffer header = BoxWriter.inMemory(
                b -> b.box("moov", moov -> MovieTables.write(moov, List.of(track), chunks, true, BEYOND_32_BITS)));
        Path far = folder.resolve("far.mp4");
        try (RandomAccessFile file = new RandomAccessFile(far.toFile(), "rw")) {
            file.setLength(2 * BEYOND_32_BITS);
            file.getChannel().write(header);
        }

        assertThat(Movie.read(far).video().orElseThrow().samples().offsets()).containsExactly(BEYOND_32_BITS);
    }

    @Test
    void soundThatBeginsBeforeThePictureIsCutOffByItsEdit() throws Exception {
        Track sound = movie.audio().orElseThrow();
        SampleSequence pictures = new SampleSequence();
        pictures.add(recording, video.samples().range(0), 0, true);
        SampleSequence sounds = new SampleSequence();
        sounds.add(recording, sound.samples().range(5), -300, true);
        sounds.add(recording, sound.samples().range(6), 724, true);
        Path clip = folder.resolve("sound.mp4");

        new MovieWriter()
                .video(video.timescale(), video.entry(), video.matrix(), pictures, 512)
                .audio(sound.timescale(), sound.entry().aac(), sounds, 1024)
                .write(clip);

        Track written = Movie.read(clip).audio().orElseThrow();
        assertThat(written.times()).containsExactly(-300, 724);
        assertThat(written.entry().aac()).isEqualTo(sound.entry().aac());
    }

    /** Rises with the time, by another amount at every frame. */
    private static long uneven(long time) {
        return time + (time / 512) * (time / 512) % 97;
    }

    private static byte[] bytes(Path file, ByteRange range) throws Exception {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) range.length());
            channel.read(bytes, range.from());
            return bytes.array();
        }
    }
}

package routes.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.Footage;
import routes.support.FootageSpec;

/** Written files are read back, and every sample is found at its offset. */
class MovieWriterTest {
    private static final long BEYOND_32_BITS = 5L << 30;
    private static final int MANY = 10_000;

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
        Samples uneven =
                source.shownAt(PackedLongColumn.of(source.times().stream().map(MovieWriterTest::uneven)));
        SampleSequence samples = new SampleSequence();
        for (int i = 0; i < source.count(); i++) {
            samples.add(recording, uneven, i, 0, source.keyframes().get(i));
        }
        Path copy = folder.resolve("copy.mp4");

        new MovieWriter()
                .video(video.timescale(), video.entry(), video.matrix(), samples, 777)
                .write(copy);

        Track written = Movie.read(copy).video().orElseThrow();
        assertThat(written.samples().times().stream())
                .containsExactlyElementsOf(uneven.times().stream().boxed().toList());
        assertThat(written.samples().lastDuration()).isEqualTo(777);
        assertThat(written.samples().keyframes()).isEqualTo(source.keyframes());
        assertThat(written.entry()).isEqualTo(video.entry());
        for (int i = 0; i < source.count(); i++) {
            assertThat(bytes(copy, written.samples().range(i))).isEqualTo(bytes(recording, source.range(i)));
        }
    }

    @Test
    void offsetsBeyond32BitsAreReadAsTheyWereWritten() throws Exception {
        SampleSequence samples = new SampleSequence();
        samples.add(recording, video.samples(), 0, -video.samples().time(0), true);
        OutputTrack track = OutputTrack.of(
                "vide", video.timescale(), video.entry(), video.matrix(), video.shownSize(), samples, 512);
        List<Chunk> chunks = List.of(new Chunk(0, 0, 1, 0, samples.size(0, 1)));
        ByteBuffer header = BoxWriter.inMemory(
                b -> b.box("moov", moov -> MoovWriter.write(moov, List.of(track), chunks, true, BEYOND_32_BITS)));
        Path far = folder.resolve("far.mp4");
        try (RandomAccessFile file = new RandomAccessFile(far.toFile(), "rw")) {
            file.setLength(2 * BEYOND_32_BITS);
            file.getChannel().write(header);
        }

        assertThat(Movie.read(far).video().orElseThrow().samples().range(0).from())
                .isEqualTo(BEYOND_32_BITS);
    }

    @Test
    void aHeaderThatFitsIntoNoBufferIsReadAsItWasWritten() throws Exception {
        Track sound = movie.audio().orElseThrow();
        ByteRange place = sound.samples().range(5);
        Samples same = Samples.repeated(place, 1024, MANY);
        SampleSequence samples = new SampleSequence();
        for (int i = 0; i < MANY; i++) {
            samples.add(recording, same, i, 0, true);
        }
        Path clip = folder.resolve("long.mp4");

        new MovieWriter()
                .audio(sound.timescale(), sound.entry().aac(), samples, 1024)
                .write(clip);

        Samples written = Movie.read(clip).audio().orElseThrow().samples();
        assertThat(written.count()).isEqualTo(MANY);
        assertThat(written.time(MANY - 1)).isEqualTo(1024L * (MANY - 1));
        assertThat(written.ranges(IntStream.range(0, MANY)))
                .containsExactly(new ByteRange(Files.size(clip) - MANY * place.length(), Files.size(clip)));
        assertThat(bytes(clip, written.range(MANY - 1))).isEqualTo(bytes(recording, place));
    }

    @Test
    void soundThatBeginsBeforeThePictureIsCutOffByItsEdit() throws Exception {
        Track sound = movie.audio().orElseThrow();
        SampleSequence pictures = new SampleSequence();
        pictures.add(recording, video.samples(), 0, -video.samples().time(0), true);
        SampleSequence sounds = new SampleSequence();
        long shift = -300 - sound.samples().time(5);
        sounds.add(recording, sound.samples(), 5, shift, true);
        sounds.add(recording, sound.samples(), 6, shift, true);
        Path clip = folder.resolve("sound.mp4");

        new MovieWriter()
                .video(video.timescale(), video.entry(), video.matrix(), pictures, 512)
                .audio(sound.timescale(), sound.entry().aac(), sounds, 1024)
                .write(clip);

        Track written = Movie.read(clip).audio().orElseThrow();
        assertThat(written.samples().times().stream()).containsExactly(-300L, 724L);
        assertThat(written.entry().aac()).isEqualTo(sound.entry().aac());
    }

    /** Adds a different amount to the time of every frame. */
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

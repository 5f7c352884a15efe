package routes.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.mp4.Movie;

/** When picture and sound of a film end. */
class FilmTimesTest {
    private static final long EXACT = 1000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"pcm_s16le,4,10.4", "pcm_s16le,8,40", "pcm_s24le,2,2.3", "pcm_s16le,4,4"})
    void pcmEndsWithItsLastSample(String codec, int picture, double sound) throws Exception {
        Path film = StreamFilms.ffmpeg(
                folder.resolve("film.mov"),
                "-f",
                "lavfi",
                "-i",
                "color=s=64x64:r=25:d=" + picture,
                "-f",
                "lavfi",
                "-i",
                String.format(Locale.ROOT, "sine=f=440:r=48000:d=%.1f", sound),
                "-c:v",
                "libx264",
                "-c:a",
                codec);
        FilmTimes times = FilmTimes.of(Movie.read(film));

        assertThat(times.length())
                .isBetween((long) (sound * FilmTimes.SECOND) - EXACT, (long) (sound * FilmTimes.SECOND) + EXACT);
        long alone = times.soundAlone(Files.size(film));
        if (sound - picture > 1) {
            assertThat(alone)
                    .isBetween(
                            (long) ((sound - picture) * FilmTimes.SECOND) - EXACT,
                            (long) ((sound - picture) * FilmTimes.SECOND) + EXACT);
        } else {
            assertThat(alone).isBetween(0L, FilmTimes.SECOND / 2);
        }
    }
}

package routes.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a film before it is fetched. Bytes are given as text, a '.' stands for the byte 0. */
class FilmSignatureTest {
    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({
        // by its first bytes, whatever its name
        "film.mp4, ....ftypisom, true",
        "film, ....ftypisom, true",
        "film.txt, ....ftypqt, true",
        "film.bin, ....moov, true",
        "song, ID3., true",
        "song, RIFF1234WAVE, true",
        "film, 'RIFF1234AVI ', true",
        "film, OggS., true",
        // by its name, if its first bytes are not those of another file
        "film.h264, ...1ga, true",
        "FILM.MPG, ...1x, true",
        "film.mp4, ...., true",
        // neither
        "film, ...., false",
        "picture.jpg, ÿØÿà., false",
        "picture.mp4, ÿØÿà., false",
        "letter.mp4, Dear reader, false",
        "page.webm, <html>, false",
        "archive.mov, PK\u0003\u0004., false",
        "sound.webp, RIFF1234WEBP, false",
        "mp4, ...., false",
        "empty.mp4, '', false",
    })
    void aFilmIsKnownByItsFirstBytesOrElseItsName(String name, String bytes, boolean isFilm) {
        byte[] first = bytes.replace('.', '\0').getBytes(StandardCharsets.ISO_8859_1);

        assertThat(FilmSignature.isFilm(name, first)).isEqualTo(isFilm);
    }

    @Test
    void aTransportStreamRepeatsItsSyncByte() {
        byte[] packets = new byte[FilmSignature.LENGTH];
        packets[0] = 'G';
        assertThat(FilmSignature.isFilm("film", packets)).isFalse();

        for (int i = 0; i < packets.length; i += 188) {
            packets[i] = 'G';
        }
        assertThat(FilmSignature.isFilm("film", packets)).isTrue();
        assertThat(FilmSignature.isFilm("film", Arrays.copyOf(packets, 188))).isFalse();
    }
}

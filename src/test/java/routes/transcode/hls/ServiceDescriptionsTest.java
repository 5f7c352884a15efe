package routes.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transport streams, whose service descriptions are hidden. */
class ServiceDescriptionsTest {
    /** More than a block that is read at once. */
    private static final int PACKETS = 12_000;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "packets of {0} bytes, the first one at {1}")
    @CsvSource({"188,0", "192,4", "188,17", "204,0", "188,700", "204,500000"})
    void everyPacketOfTheTableIsStuffing(int stride, int first) throws IOException {
        byte[] stream = new byte[first + stride * PACKETS];
        byte[] expected = stream.clone();
        for (int i = 0; i < PACKETS; i++) {
            boolean hidden = i % 100 == 50;
            packet(stream, first + i * stride, hidden ? 0x4011 : 0x4100);
            packet(expected, first + i * stride, hidden ? 0x5FFF : 0x4100);
        }
        Path film = Files.write(folder.resolve("film.ts"), stream);

        ServiceDescriptions.hide(film);

        assertThat(Files.readAllBytes(film)).isEqualTo(expected);
    }

    @Test
    void anotherFileIsLeftAsItIs() throws IOException {
        byte[] bytes = "GG\u0011 is no transport stream ".repeat(1000).getBytes(StandardCharsets.UTF_8);
        Path film = Files.write(folder.resolve("film.avi"), bytes);

        ServiceDescriptions.hide(film);

        assertThat(Files.readAllBytes(film)).isEqualTo(bytes);
    }

    /** Content of a file may look like packets. */
    @ParameterizedTest
    @ValueSource(strings = {"\0\0\0\24ftypisom\0\0\2\0isom", "\0\0\0\10wide", "\0\377\377\377mdat", "RIFF\1\1\1\1AVI "})
    void aFileOfAnotherContainerIsLeftAsItIs(String head) throws IOException {
        byte[] bytes = new byte[188 * 1000];
        for (int at = 188; at < bytes.length; at += 188) {
            packet(bytes, at, 0x4011);
        }
        byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(first, 0, bytes, 0, first.length);
        Path film = Files.write(folder.resolve("film.mp4"), bytes);

        ServiceDescriptions.hide(film);

        assertThat(Files.readAllBytes(film)).isEqualTo(bytes);
    }

    @Test
    void fewPacketsAfterOtherBytesAreNoTransportStream() throws IOException {
        byte[] bytes = new byte[188 * 100];
        for (int at = 500; at < 500 + 20 * 188; at += 188) {
            packet(bytes, at, 0x4011);
        }
        Path film = Files.write(folder.resolve("film.bin"), bytes);

        ServiceDescriptions.hide(film);

        assertThat(Files.readAllBytes(film)).isEqualTo(bytes);
    }

    private static void packet(byte[] stream, int at, int id) {
        stream[at] = 0x47;
        stream[at + 1] = (byte) (id >> 8);
        stream[at + 2] = (byte) id;
    }
}

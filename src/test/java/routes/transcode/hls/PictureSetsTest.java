package routes.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packets of a transport stream in; profile and level of its picture out. */
class PictureSetsTest {
    private static final int PACKET = 188;
    private static final int MAP = 0x1000;
    private static final int PICTURE = 0x100;
    private static final int SOUND = 0x101;
    private static final String NO_TIMES = "000001E00000800000";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    @BeforeEach
    void writeTables() {
        // a pointer, then the table: program 0 is that of the network
        add(0, true, "00" + "00B011" + "0001C10000" + "0000E010" + "0001F000" + "00000000");
        // sound of AAC with a descriptor of six bytes, then the picture
        add(
                MAP,
                true,
                "00" + "02B01D" + "0001C10000" + "E100F000" + "0FE101F0060A04756E6400" + "1BE100F000" + "00000000");
    }

    @Test
    void soundThatLooksLikeAParameterSetIsNotRead() throws IOException {
        add(SOUND, true, NO_TIMES + "0000000167BC93DE");
        for (int i = 0; i < 600; i++) {
            add(SOUND, false, "0000000167BC93DE");
        }
        add(PICTURE, true, NO_TIMES + "0000000109F0" + "0000000167640015ACD9");

        assertThat(PictureSets.profile(file())).contains("640015");
    }

    @Test
    void aParameterSetMayBeDividedBetweenPackets() throws IOException {
        add(PICTURE, true, NO_TIMES + "0000000109F0" + "000000");
        add(SOUND, true, NO_TIMES + "67BC93DE");
        add(PICTURE, false, "01674D");
        add(PICTURE, false, "401F");

        assertThat(PictureSets.profile(file())).contains("4d401f");
    }

    @Test
    void aSegmentWithoutPictureHasNone() throws IOException {
        add(SOUND, true, NO_TIMES + "0000000167BC93DE");

        assertThat(PictureSets.profile(file())).isEmpty();
    }

    /** Adds a packet whose payload is at its end, after stuffing. */
    private void add(int id, boolean starts, String payload) {
        byte[] bytes = HexFormat.of().parseHex(payload);
        byte[] packet = new byte[PACKET];
        Arrays.fill(packet, (byte) 0xFF);
        packet[0] = 0x47;
        packet[1] = (byte) ((id >> 8) | (starts ? 0x40 : 0));
        packet[2] = (byte) id;
        packet[3] = 0x30;
        packet[4] = (byte) (PACKET - 5 - bytes.length);
        packet[5] = 0;
        System.arraycopy(bytes, 0, packet, PACKET - bytes.length, bytes.length);
        stream.writeBytes(packet);
    }

    private Path file() throws IOException {
        return Files.write(folder.resolve("segment.ts"), stream.toByteArray());
    }
}

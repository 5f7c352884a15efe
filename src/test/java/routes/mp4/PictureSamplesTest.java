package routes.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.support.LooseBoxes;

/** Samples that are not complete pictures are merged into those that are. */
class PictureSamplesTest {
    /** SPS: High profile, 320x192, {@code frame_num} of 4 bits, {@code frame_mbs_only_flag} 0. */
    private static final String FIELDS = "67640014acb40a1890";

    @TempDir
    Path folder;

    @Test
    void secondFieldsAndSlicesJoinTheirPictures() throws Exception {
        // NAL type 1, then: first_mb 0 (1), type P (1), PPS 0 (1), frame_num, field_pic_flag, bottom_field_flag
        String topOfTwo = "41" + bits("1" + "1" + "1" + "0010" + "1" + "0" + "1111111");
        String bottomOfTwo = "41" + bits("1" + "1" + "1" + "0010" + "1" + "1" + "1111111");
        String topOfThree = "41" + bits("1" + "1" + "1" + "0011" + "1" + "0" + "1111111");
        String restOfThree = "41" + bits("010" + "1" + "1" + "0011" + "1" + "0" + "11111");

        Track joined = join(List.of(topOfTwo, bottomOfTwo, "09f0", topOfThree, restOfThree));

        assertThat(joined.samples().times().stream()).containsExactly(0L, 120L);
        assertThat(joined.samples().size(0)).isEqualTo(2 * 7);
        assertThat(joined.samples().size(1)).isEqualTo(6 + 2 * 7);
    }

    private static String bits(String bits) {
        return HexFormat.of().toHexDigits(Integer.parseInt(bits.substring(0, 16), 2), 4);
    }

    private Track join(List<String> units) throws Exception {
        LooseBoxes data = new LooseBoxes();
        ListedSamples.Builder samples = new ListedSamples.Builder();
        int at = 0;
        for (String unit : units) {
            byte[] bytes = HexFormat.of().parseHex(unit);
            data.u32(bytes.length).bytes(bytes);
            samples.add(40L * units.indexOf(unit), new ByteRange(at, at + 4 + bytes.length), at == 0, 0);
            at += 4 + bytes.length;
        }
        Path file = Files.write(folder.resolve("samples"), data.toBytes());
        AvcConfig config = new AvcConfig("01640014", 4, List.of(FIELDS), List.of("68ee3cb0"), "fdf8f800");
        SampleEntry entry = new SampleEntry(
                "avc1",
                320,
                192,
                BoxWriter.inMemory(b -> b.box("avc1", e -> {
                    e.zeros(6).u16(1).zeros(16).u16(320).u16(192).zeros(50);
                    e.box("avcC", config::write);
                })));
        assertThat(config.sequences().get(0).progressive()).isFalse();
        Track track = new Track(
                "vide",
                1000,
                entry,
                Matrix.IDENTITY,
                ShownSize.of(entry),
                0,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                0,
                samples.build(40).samples(),
                List.of());
        try (FileChannel channel = FileChannel.open(file)) {
            return PictureSamples.join(channel, track, 0, units.size()).track();
        }
    }
}

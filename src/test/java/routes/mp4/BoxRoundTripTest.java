package routes.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each box is written and read back. The track has four frames; the second is presented last, and each but the last
 * takes 40 ticks.
 */
class BoxRoundTripTest {
    private static final long FILE = 1L << 40;
    private static final long TIMESCALE = 90_000;
    private static final long LAST = 55;
    private static final long[] SHOWN = {0, 120, 40, 80};
    private static final long[] SIZES = {1000, 300, 20, 7};
    private static final AvcConfig AVC =
            new AvcConfig("0164001f", 4, List.of("6764001facd9405005bb"), List.of("68ebe3cb22c0"), "fdf8f800");
    private static final Matrix QUARTER_TURN =
            new Matrix(List.of(0, 0x10000, 0, -0x10000, 0, 0, 0x10000, 0, 0x40000000));

    private static final ShownSize SIZE = new ShownSize(640 << 16, 480 << 16);

    private final OutputTrack track = OutputTrack.of("vide", TIMESCALE, entry(), QUARTER_TURN, SIZE, sequence(), LAST);

    @Test
    void mvhdAndMdhdHoldTimescales() throws Exception {
        Box moov = moov(false, 0);

        assertThat(moov.need("mvhd").<Integer>read(b -> b.getInt(12))).isEqualTo((int) TIMESCALE);
        assertThat(moov.need("mvhd").<Integer>read(b -> b.getInt(16))).isEqualTo((int) track.duration());
        assertThat(TrackHeader.read(moov.need("mvhd"), moov.need("trak")).timescale())
                .isEqualTo(TIMESCALE);
    }

    @Test
    void tkhdHoldsTheMatrixAndTheSize() throws Exception {
        Box tkhd = moov(false, 0).need("trak", "tkhd");
        Matrix read = tkhd.read(b -> Matrix.read(b, 40));

        assertThat(tkhd.<ShownSize>read(b -> ShownSize.read(b, 76))).isEqualTo(SIZE);
        assertThat(read).isEqualTo(QUARTER_TURN);
        assertThat(read.isQuarterTurn()).isTrue();
    }

    @Test
    void elstCompensatesTheDelayOfReordering() throws Exception {
        long delay = track.delay();
        Box elst = moov(false, 0).need("trak", "edts", "elst");

        List<Edit> edits = elst.read(b -> Edit.read(b, TIMESCALE, TIMESCALE));

        assertThat(delay).isPositive();
        assertThat(edits).containsExactly(new Edit(0, delay, track.duration()));
    }

    @Test
    void elstPausesBeforeATrackThatBeginsLater() throws Exception {
        SampleSequence later = new SampleSequence();
        later.add(Path.of("recording.mp4"), Samples.repeated(new ByteRange(0, 10), 40, 1), 0, 540, true);
        OutputTrack late = OutputTrack.of("vide", TIMESCALE, entry(), Matrix.IDENTITY, SIZE, later, LAST);
        ByteBuffer written = BoxWriter.inMemory(
                b -> b.box("moov", moov -> MoovWriter.write(moov, List.of(late), List.of(), false, 0)));

        Box elst = Box.parse(written).get(0).need("trak", "edts", "elst");

        assertThat(elst.<List<Edit>>read(b -> Edit.read(b, TIMESCALE, TIMESCALE)))
                .containsExactly(new Edit(540, 0, LAST));
    }

    @Test
    void hdlrHoldsTheKind() throws Exception {
        assertThat(TrackHeader.kind(moov(false, 0).need("trak"))).isEqualTo("vide");
    }

    @Test
    void stsdHoldsTheEntryWithItsConfigurationAndThePixelShape() throws Exception {
        SampleEntry read =
                stbl(false).need("stsd").read(b -> SampleEntry.read(b, "vide")).get(0);

        assertThat(read).isEqualTo(entry());
        assertThat(read.avc()).isEqualTo(AVC);
        assertThat(read.pixelShape()).contains("12/11");
    }

    @ParameterizedTest
    @CsvSource({"48000, 1, 1188", "48000, 2, 1190", "44100, 2, 1210"})
    void esdsHoldsTheConfigurationOfSound(int rate, int channels, String specific) throws Exception {
        AacConfig config = new AacConfig(2, rate, channels, specific);

        assertThat(SampleEntry.of(config).aac()).isEqualTo(config);
    }

    @Test
    void sttsAndCttsHoldWhenSamplesAreShown() throws Exception {
        Box stbl = stbl(false);

        PackedLongColumn times = TimingTables.times(stbl.need("stts"), stbl.find("ctts"), SHOWN.length)
                .times();

        assertThat(times.plus(-track.delay()).stream()).containsExactly(0L, 120L, 40L, 80L);
        assertThat(stbl.need("stts").read(TimingTables::lastDuration)).isEqualTo(LAST);
    }

    @Test
    void stssHoldsTheKeyframes() throws Exception {
        Box moov = moov(false, 0);

        TrackHeader header = TrackHeader.read(moov.need("mvhd"), moov.need("trak"));
        assertThat(SampleTables.read(header, stbl(false), FILE).samples().keyframes())
                .isEqualTo(BitSet.valueOf(new long[] {0b1001}));
    }

    @Test
    void stszHoldsTheSizes() throws Exception {
        assertThat(stbl(false).need("stsz").read(b -> SampleOffsetTables.sizes(b, FILE)).stream())
                .containsExactly(1000L, 300L, 20L, 7L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stscAndStcoOrCo64HoldTheSampleOffsets(boolean wide) throws Exception {
        long dataStart = wide ? 5L << 30 : 5000;
        Box stbl = moov(wide, dataStart).need("trak", "mdia", "minf", "stbl");

        SampleOffsets places = SampleOffsetTables.places(stbl, PackedLongColumn.of(LongStream.of(SIZES)), FILE);

        assertThat(stbl.find(wide ? "co64" : "stco")).isPresent();
        assertThat(IntStream.range(0, SIZES.length)
                        .mapToLong(i -> places.range(i).from()))
                .containsExactly(dataStart, dataStart + 1000, dataStart + 1300, dataStart + 9000);
    }

    private Box stbl(boolean wide) throws MalformedMp4Exception {
        return moov(wide, 0).need("trak", "mdia", "minf", "stbl");
    }

    /** Three samples in a first chunk, one in a second, distant one. */
    private Box moov(boolean wide, long dataStart) throws MalformedMp4Exception {
        List<Chunk> chunks = List.of(new Chunk(0, 0, 3, 0, 1320), new Chunk(0, 3, 4, 9000, 7));
        ByteBuffer written = BoxWriter.inMemory(
                b -> b.box("moov", moov -> MoovWriter.write(moov, List.of(track), chunks, wide, dataStart)));
        return Box.parse(written).get(0);
    }

    private static SampleSequence sequence() {
        PackedLongColumn none = PackedLongColumn.of(LongStream.of(0));
        Samples samples = new Samples(
                PackedLongColumn.of(LongStream.of(SHOWN)),
                new SampleOffsets(PackedLongColumn.of(LongStream.of(SIZES)), none, none),
                new BitSet(),
                LAST);
        SampleSequence sequence = new SampleSequence();
        for (int i = 0; i < SHOWN.length; i++) {
            sequence.add(Path.of("recording.mp4"), samples, i, 0, i == 0 || i == 3);
        }
        return sequence;
    }

    private static SampleEntry entry() {
        ByteBuffer box = BoxWriter.inMemory(b -> b.box("avc1", e -> {
            e.zeros(6).u16(1).zeros(16).u16(640).u16(480).zeros(50);
            e.box("avcC", AVC::write);
            e.box("pasp", shape -> shape.u32(12).u32(11));
        }));
        return new SampleEntry("avc1", 640, 480, box);
    }
}

package routes.odd;

import static routes.odd.OddClip.frames;
import static routes.odd.OddClip.listed;
import static routes.odd.OddClip.whole;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import routes.support.DecodedClip.Frame;
import routes.support.Footage;
import routes.support.FootageSpec;
import routes.support.FrameReader;
import routes.support.LooseBoxes;
import routes.support.LooseMovie;
import routes.support.LooseSample;
import routes.support.LooseTrack;

/**
 * Unusual recordings as written by real recorders, each kind with clips and the frames that a player presents for them.
 */
final class OddFootage {
    static final FootageSpec SPEC = FootageSpec.standard().withSize(320, 180);
    private static final int FPS = 25;
    private static final FootageSpec HEVC = SPEC.withExtra(
            "-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=error:open-gop=0:keyint=50:scenecut=0");
    private static final int SOUND = 48_000;
    /** Priming samples of AAC. */
    private static final long PRIMING = 1024;

    private final Path folder;

    OddFootage(Path folder) {
        this.folder = folder;
    }

    private interface Kind {
        List<OddClip> make(OddFootage in) throws IOException;
    }

    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("zero_delta", OddFootage::zeroDelta);
        KINDS.put("repeat_times", OddFootage::repeatTimes);
        KINDS.put("neg_delta", OddFootage::negativeDelta);
        KINDS.put("edit_ends", in -> in.editEnds(SPEC));
        KINDS.put("edit_ends_hevc", in -> in.editEnds(HEVC));
        KINDS.put("two_edits", in -> in.twoEdits(SPEC));
        KINDS.put("two_edits_hevc", in -> in.twoEdits(HEVC));
        KINDS.put("zero_edit", in -> in.zeroEdit(SPEC.withBFrames(2)));
        KINDS.put("zero_edit_hevc", in -> in.zeroEdit(HEVC));
        KINDS.put("edit_inside_gop", in -> in.editInsideGop(SPEC.withBFrames(2)));
        KINDS.put("edit_inside_gop_hevc", in -> in.editInsideGop(HEVC));
        KINDS.put("frag_truncated", OddFootage::truncatedFragments);
        KINDS.put("frag_base", OddFootage::lateFragments);
        KINDS.put("frag_tfdt_damaged", in -> in.brokenFragments("tfdt", 12, 0x20000000));
        KINDS.put("frag_tfdt_restarts", OddFootage::restartedFragments);
        KINDS.put("frag_duration_negative", in -> in.brokenFragments("trun", 16, -1));
        KINDS.put("frag_duration_endless", in -> in.brokenFragments("trun", 16, 0x40000000));
        KINDS.put("frag_ends_early", OddFootage::fragmentsEndEarly);
        KINDS.put("audio_just_after", OddFootage::soundJustAfter);
        KINDS.put("micros", OddFootage::microseconds);
        KINDS.put("static_gap", OddFootage::staticGap);
        KINDS.put("far_time", OddFootage::farTime);
        KINDS.put("one_empty_sample", OddFootage::emptySample);
        KINDS.put("same_entry_twice", OddFootage::sameEntryTwice);
        KINDS.put("entry_unused", OddFootage::entryUnused);
        KINDS.put("two_entries", OddFootage::twoEntries);
        KINDS.put("aac_8k_borders", in -> in.slowSound(8000, 10));
        KINDS.put("aac_16k_borders", in -> in.slowSound(16_000, 6));
        KINDS.put("sei_samples", in -> in.delimiterSamples(0));
        KINDS.put("sei_samples_spread", in -> in.delimiterSamples(12));
        KINDS.put("sets_sample", OddFootage::parameterSetSamples);
        KINDS.put("damaged_frame_encoded", in -> in.damaged(90));
        KINDS.put("damaged_keyframe_encoded", OddFootage::damagedKeyframe);
        KINDS.put("damaged_frame_copied", in -> in.damaged(130));
        KINDS.put("zeros_behind_one", OddFootage::padded);
        KINDS.put("hevc_open_gop_edited", OddFootage::hevcOpenGop);
        KINDS.put("open_gop_pyramid", OddFootage::openGopPyramid);
        KINDS.put("h263_sync_marks", in -> in.otherCodec("h263", "-f", "mov"));
        KINDS.put("mpeg4_sync_marks", in -> in.otherCodec("mpeg4", "-bf", "2"));
        KINDS.put("mjpeg", in -> in.otherCodec("mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "4"));
        // recordings that differ from their listing
        KINDS.put("end_overtold", OddFootage::endOvertold);
        KINDS.put("over_by_one_of_three", OddFootage::overByOne);
        KINDS.put("whole_second_ends", OddFootage::wholeSecondEnds);
        KINDS.put("overlapping", OddFootage::overlapping);
        KINDS.put("shadowed", OddFootage::shadowed);
        KINDS.put("prebuffered", OddFootage::prebuffered);
        KINDS.put("prebuffered_by_one_copied", kit -> kit.prebufferedCopies(51, false));
        KINDS.put("prebuffered_copied", kit -> kit.prebufferedCopies(60, false));
        KINDS.put("prebuffered_long_copied", kit -> kit.prebufferedCopies(95, false));
        KINDS.put("prebuffered_with_sets", kit -> kit.prebufferedCopies(60, true));
        KINDS.put("prebuffered_hidden", OddFootage::prebufferedHidden);
        KINDS.put("overlap_behind_the_end", OddFootage::overlapBehindTheEnd);
        KINDS.put("constant_sizes", OddFootage::constantSizes);
        KINDS.put("frame_rate_of_two", OddFootage::twoFramesPerTime);
        KINDS.put("held_at_start", OddFootage::heldAtStart);
        KINDS.put("radl", OddFootage::radl);
        KINDS.put("open_gop_overlap", OddFootage::openGopOverlap);
        KINDS.put("open_gop_short", OddFootage::openGopShort);
        KINDS.put("recorder_data", OddFootage::recorderData);
        KINDS.put("clocks_overlap", OddFootage::clocksOverlap);
        KINDS.put("between_two_frames", OddFootage::betweenTwoFrames);
        KINDS.put("long_pause", OddFootage::longPause);
        KINDS.put("tiny_sample", OddFootage::tinySample);
        KINDS.put("unknown_unit", OddFootage::unknownUnit);
        KINDS.put("sets_far_ahead", OddFootage::setsFarAhead);
        KINDS.put("sets_of_another_stream", OddFootage::setsOfAnother);
        KINDS.put("slices", in -> in.slices(SPEC.withExtra("-x264-params", "slices=2")));
        KINDS.put("slices_in_fragments", OddFootage::slicesInFragments);
        KINDS.put("pause_between_fragments", OddFootage::pauseBetweenFragments);
        KINDS.put("pause_filled", OddFootage::pauseFilled);
        KINDS.put("pause_between_edits", OddFootage::pauseBetweenEdits);
        KINDS.put("slices_b", in -> in.slices(SPEC.withBFrames(2).withExtra("-x264-params", "slices=2")));
        KINDS.put("listed_newest_first", OddFootage::newestFirst);
        KINDS.put("clocks_jitter", OddFootage::jitter);
    }

    static Stream<String> kinds() {
        return KINDS.keySet().stream();
    }

    List<OddClip> make(String kind) throws IOException {
        return KINDS.get(kind).make(this);
    }

    private Path base(FootageSpec spec, int first, int count) {
        Path file = folder.resolve("base-" + Integer.toHexString(spec.hashCode()) + "-" + first + "-" + count + ".mp4");
        return Files.exists(file)
                ? file
                : Footage.record(file, spec, first, count, OddClip.ZERO.plusMillis(first * 1000L / FPS));
    }

    private interface Change {
        void apply(LooseTrack picture, LooseMovie movie);
    }

    private Path changed(String name, FootageSpec spec, Change change) throws IOException {
        return changed(base(spec, 0, 250), name, change);
    }

    private Path changed(Path base, String name, Change change) throws IOException {
        LooseMovie movie = LooseMovie.load(base);
        change.apply(movie.picture(), movie);
        return movie.write(folder.resolve(name + ".mp4"));
    }

    private static OddClip middle(Path file) {
        return OddClip.of(whole(file), 3100, 7300, frames(78, 183));
    }

    private List<OddClip> zeroDelta() throws IOException {
        Path file = changed("zero_delta", SPEC, (picture, movie) -> {
            LooseSample next = picture.samples.get(101);
            picture.samples.set(100, picture.samples.get(100).at(next.decoded(), next.shown()));
        });
        return List.of(middle(file), OddClip.of(whole(file), 5100, 7300, frames(128, 183)));
    }

    private List<OddClip> repeatTimes() throws IOException {
        return List.of(middle(changed("repeat", SPEC, (picture, movie) -> {
            for (int i = FPS; i < 250; i += FPS) {
                LooseSample before = picture.samples.get(i - 1);
                picture.samples.set(i, picture.samples.get(i).at(before.decoded(), before.shown()));
            }
        })));
    }

    private List<OddClip> negativeDelta() throws IOException {
        return List.of(middle(changed("negative", SPEC, (picture, movie) -> {
            long frame = picture.frame();
            picture.durations = new long[250];
            Arrays.fill(picture.durations, frame);
            picture.durations[99] = frame + 40;
            picture.durations[100] = -20;
            picture.durations[101] = 2 * frame - 20;
        })));
    }

    private List<OddClip> editEnds(FootageSpec spec) throws IOException {
        Path file = changed("edit_ends" + spec.hashCode(), spec, (picture, movie) -> {
            long start = picture.edits == null ? 0 : picture.edits.get(0)[1];
            picture.edits = List.of(new long[] {6000, start});
            movie.sound().edits = List.of(new long[] {6000, PRIMING});
        });
        return List.of(OddClip.of(whole(file), 3100, 7300, frames(78, 150)).withGap(6000, 7300));
    }

    private List<OddClip> twoEdits(FootageSpec spec) throws IOException {
        Path file = changed("two_edits" + spec.hashCode(), spec, (picture, movie) -> {
            long start = picture.edits == null ? 0 : picture.edits.get(0)[1];
            picture.edits = List.of(new long[] {2000, start}, new long[] {4000, start + 100 * picture.frame()});
            movie.sound().edits = List.of(new long[] {2000, PRIMING}, new long[] {4000, PRIMING + 4L * SOUND});
        });
        return List.of(OddClip.of(listed(file, 0, 6000), 1000, 4000, Stream.concat(frames(25, 50), frames(100, 150))));
    }

    private List<OddClip> zeroEdit(FootageSpec spec) throws IOException {
        return List.of(middle(changed("zero_edit" + spec.hashCode(), spec, (picture, movie) -> {
            long start = picture.edits == null ? 0 : picture.edits.get(0)[1];
            picture.edits = List.of(new long[] {0, start});
        })));
    }

    private List<OddClip> editInsideGop(FootageSpec spec) throws IOException {
        Path file = changed("inside_gop" + spec.hashCode(), spec, (picture, movie) -> {
            long start = picture.edits == null ? 0 : picture.edits.get(0)[1];
            picture.edits = List.of(new long[] {7000, start + 75 * picture.frame()});
            movie.sound().edits = List.of(new long[] {7000, PRIMING + 3L * SOUND});
        });
        return List.of(
                OddClip.of(listed(file, 0, 7000), 0, 480, frames(75, 87)),
                OddClip.of(listed(file, 0, 7000), 0, 3000, frames(75, 150)));
    }

    private List<OddClip> truncatedFragments() throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC.withBFrames(2), 0, 250));
        Path far = movie.writeFragments(folder.resolve("frag-cut.mp4"), 3601, 9000);
        return List.of(middle(far), OddClip.of(whole(far), 8100, 9000, frames(203, 225)));
    }

    private List<OddClip> lateFragments() throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC.withBFrames(2), 0, 250));
        Path late = movie.writeFragments(folder.resolve("frag-base.mp4"), 1.5, 0);
        return List.of(middle(late), middle(movie.writeFragments(folder.resolve("frag.mp4"), 0, 0)));
    }

    /**
     * Replaces a word of the video track in one fragment.
     *
     * @param at offset of the word relative to the name of its box
     */
    private List<OddClip> brokenFragments(String box, int at, int word) throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC.withBFrames(2), 0, 250));
        Path file = movie.writeFragments(folder.resolve(box + Integer.toHexString(word) + ".mp4"), 0, 0);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        bytes.putInt(find(bytes, box, find(bytes, "moof", 0, 4), 0) + at, word);
        Files.write(file, bytes.array());
        return List.of(middle(file));
    }

    /** The recorder's clock restarts after five seconds. */
    private List<OddClip> restartedFragments() throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC.withBFrames(2), 0, 250));
        Path file = movie.writeFragments(folder.resolve("restarts.mp4"), 0, 0);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        long fiveSeconds = 5 * movie.picture().timescale;
        for (int second = 5; second < 10; second++) {
            int tfdt = find(bytes, "tfdt", find(bytes, "moof", 0, second), 0);
            bytes.putLong(tfdt + 8, bytes.getLong(tfdt + 8) - fiveSeconds);
        }
        Files.write(file, bytes.array());
        return List.of(middle(file));
    }

    /** @return offset of the n-th occurrence of a name after an offset, counted from 0 */
    private static int find(ByteBuffer bytes, String name, int from, int number) {
        int wanted = ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
        int at = from;
        for (int left = number; left >= 0; left--) {
            do {
                at++;
            } while (bytes.getInt(at) != wanted);
        }
        return at;
    }

    /** The fragmented recording ends four seconds before its listed end; another one has the rest. */
    private List<OddClip> fragmentsEndEarly() throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC, 0, 150));
        Path first = movie.writeFragments(folder.resolve("early.mp4"), 0, 0);
        return List.of(OddClip.of(
                List.of(listed(first, 0, 10_000), listed(base(SPEC, 125, 250), 5000, 15_000)),
                4000,
                9000,
                frames(100, 225)));
    }

    private List<OddClip> soundJustAfter() throws IOException {
        Path file = changed("sound-after", SPEC, (picture, movie) -> {
            movie.sound().edits = List.of(new long[] {6, -1}, new long[] {9900, 0});
        });
        return List.of(OddClip.of(whole(file), 0, 5000, frames(0, 125)));
    }

    /** Each frame is presented 499 us after a whole millisecond. */
    private List<OddClip> microseconds() {
        Path file = base(SPEC, 0, 250);
        OddClip.Recorded recording =
                new OddClip.Recorded(file, OddClip.ZERO.plusNanos(499_000), OddClip.ZERO.plusNanos(10_000_499_000L));
        return List.of(
                OddClip.of(recording, 4000, 5000, frames(100, 125)),
                OddClip.of(recording, 4001, 5001, frames(101, 126)),
                OddClip.of(recording, 4040, 5040, frames(101, 126)));
    }

    /** One frame every 10 s while nothing moves. */
    private List<OddClip> staticGap() throws IOException {
        Path file = changed("static", SPEC, (picture, movie) -> {
            long frame = picture.frame();
            for (int i = 76; i < 250; i++) {
                long time = i == 76 ? 13 * FPS * frame : (23L * FPS + i - 77) * frame;
                picture.samples.set(i, picture.samples.get(i).at(time, time));
            }
            picture.edits = null;
            movie.tracks.remove(movie.sound());
        });
        OddClip.Recorded recording = listed(file, 0, 29_900);
        return List.of(
                OddClip.of(recording, 2000, 3200, frames(50, 76)),
                OddClip.of(recording, 2000, 24_000, frames(50, 102)),
                OddClip.of(recording, 5000, 12_000, frames(75, 76)),
                OddClip.of(recording, 5000, 15_000, frames(75, 77)));
    }

    /** A dropped frame results in an empty sample; here one that no other frame refers to. */
    private List<OddClip> emptySample() throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC.withBFrames(2), 0, 250));
        LooseTrack picture = movie.picture();
        int index = 103;
        while (isReferredTo(picture.samples.get(index))) {
            index++;
        }
        LooseSample dropped = picture.samples.get(index);
        int number = (int) ((dropped.shown() - picture.edits.get(0)[1]) / picture.frame());
        picture.samples.set(index, dropped.with(new byte[0]));
        Path file = movie.write(folder.resolve("empty.mp4"));
        return List.of(OddClip.of(whole(file), 3100, 7300, Stream.concat(frames(78, number), frames(number + 1, 183))));
    }

    /** One frame, to which no other refers, is presented a minute later. */
    private List<OddClip> farTime() throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC.withBFrames(2).withExtra("-pix_fmt", "yuv420p10le"), 0, 250));
        LooseTrack picture = movie.picture();
        int index = 85;
        while (isReferredTo(picture.samples.get(index))) {
            index++;
        }
        LooseSample late = picture.samples.get(index);
        picture.samples.set(index, late.at(late.decoded(), late.shown() + 1500 * picture.frame()));
        int number = (int) ((late.shown() - picture.edits.get(0)[1]) / picture.frame());
        Path file = movie.write(folder.resolve("far.mp4"));
        return List.of(OddClip.of(whole(file), 3100, 7300, Stream.concat(frames(78, number), frames(number + 1, 183))));
    }

    /** @param sample with one NAL unit */
    private static boolean isReferredTo(LooseSample sample) {
        return (sample.data().get(4) >> 5 & 3) != 0;
    }

    /** @param ticks from a delimiter to its picture */
    private List<OddClip> delimiterSamples(long ticks) throws IOException {
        byte[] delimiter = {0, 0, 0, 2, 9, (byte) 0xF0};
        byte[] sei = {0, 0, 0, 6, 6, 5, 2, 1, 2, (byte) 0x80};
        return List.of(middle(changed("delimiters" + ticks, SPEC, (picture, movie) -> {
            List<LooseSample> all = new ArrayList<>();
            for (LooseSample sample : picture.samples) {
                long before = Math.min(ticks, sample.decoded());
                all.add(sample.with(delimiter).later(-before).asKeyframe(false));
                all.add(sample.with(sei).later(-before).asKeyframe(false));
                all.add(sample);
            }
            picture.samples = all;
        })));
    }

    /** SPS and PPS in a separate sample, which is marked as a keyframe; the picture follows. */
    private List<OddClip> parameterSetSamples() throws IOException {
        return List.of(middle(changed("sets", SPEC, (picture, movie) -> {
            byte[] sets = parameterSets(picture.picked("avcC"));
            List<LooseSample> all = new ArrayList<>();
            for (LooseSample sample : picture.samples) {
                if (sample.keyframe()) {
                    all.add(sample.with(sets));
                }
                all.add(sample.keyframe() ? sample.asKeyframe(false).later(1) : sample);
            }
            picture.samples = all;
        })));
    }

    /** @return the parameter sets of a configuration as NAL units of a sample */
    private static byte[] parameterSets(byte[] avcC) {
        ByteBuffer in = ByteBuffer.wrap(avcC);
        LooseBoxes out = new LooseBoxes();
        in.position(5);
        for (int mask : new int[] {31, 255}) {
            for (int left = in.get() & mask; left > 0; left--) {
                byte[] set = new byte[in.getShort()];
                in.get(set);
                out.u32(set.length).bytes(set);
            }
        }
        return out.toBytes();
    }

    /** A slice with bit errors: the decoder's result is shown. */
    private List<OddClip> damaged(int frame) throws IOException {
        Path file = changed("damaged" + frame, SPEC, (picture, movie) -> {
            LooseSample sample = picture.samples.get(frame);
            byte[] own = bytes(sample);
            for (int i = own.length / 2; i < Math.min(own.length, own.length / 2 + 20); i++) {
                own[i] ^= (byte) 0xA5;
            }
            picture.samples.set(frame, sample.with(own));
        });
        return List.of(middle(file).damaged());
    }

    private static byte[] bytes(LooseSample sample) {
        byte[] bytes = new byte[sample.data().remaining()];
        sample.data().duplicate().get(bytes);
        return bytes;
    }

    /** A keyframe with little more than its slice header: players show the frame before it instead. */
    private List<OddClip> damagedKeyframe() throws IOException {
        Path file = changed("damaged-key", SPEC, (picture, movie) -> {
            byte[] own = bytes(picture.samples.get(50));
            Arrays.fill(own, lastUnit(own) + 60, own.length, (byte) 0x33);
            picture.samples.set(50, picture.samples.get(50).with(own));
        });
        List<Integer> shown = FrameReader.shown(file).stream()
                .map(frame -> (int) frame.number())
                .toList();
        return List.of(OddClip.of(whole(file), 3100, 7300, shown.subList(78, 183).stream())
                .damaged());
    }

    /** A sample with trailing bytes after its NAL units: no decoder outputs it. */
    private List<OddClip> padded() throws IOException {
        Path file = changed("padded", SPEC.withBFrames(2), (picture, movie) -> {
            int index = 130;
            while (isReferredTo(picture.samples.get(index))) {
                index++;
            }
            ByteBuffer data = picture.samples.get(index).data();
            byte[] longer = new byte[data.remaining() + 6];
            data.duplicate().get(longer, 0, data.remaining());
            picture.samples.set(index, picture.samples.get(index).with(longer));
        });
        List<Integer> shown = FrameReader.shown(file).stream()
                .map(frame -> (int) frame.number())
                .filter(number -> number >= 78 && number < 183)
                .toList();
        return List.of(OddClip.of(whole(file), 3100, 7300, shown.stream()).damaged());
    }

    /** Pictures after a keyframe unmark references before it, which an excerpt does not have. */
    private List<OddClip> openGopPyramid() {
        Path file = base(
                SPEC.withBFrames(3).withExtra("-x264-params", "open-gop=1:b-pyramid=normal:ref=4:bframes=3"), 0, 250);
        return List.of(
                OddClip.of(whole(file), 3100, 7300, frames(78, 183)),
                OddClip.of(whole(file), 4300, 5300, frames(108, 133)));
    }

    /** Irregular frame times, and an edit that begins inside a GOP. */
    private List<OddClip> hevcOpenGop() throws IOException {
        FootageSpec spec = SPEC.withExtra(
                "-c:v",
                "libx265",
                "-tag:v",
                "hvc1",
                "-preset",
                "fast",
                "-x265-params",
                "log-level=error:open-gop=1:keyint=50:min-keyint=50:scenecut=0:bframes=3");
        Path file = changed("hevc-open", spec, (picture, movie) -> {
            long start = picture.edits.get(0)[1];
            long frame = picture.frame();
            picture.each(s -> s.at(s.decoded(), s.shown() + (s.shown() / frame % 3) * frame / 5));
            long first = picture.samples.stream()
                    .mapToLong(LooseSample::shown)
                    .filter(shown -> shown >= start + 75 * frame)
                    .min()
                    .orElseThrow();
            picture.edits = List.of(new long[] {7000, first});
            movie.sound().edits = List.of(new long[] {7000, PRIMING + 3L * SOUND});
        });
        OddClip.Recorded recording = listed(file, 0, 7000);
        List<OddClip> clips = new ArrayList<>();
        List<Frame> shown = FrameReader.shown(file);
        for (long[] interval : new long[][] {{0, 1040}, {880, 1920}, {960, 1480}, {1000, 1200}, {100, 4300}}) {
            clips.add(OddClip.of(
                    recording,
                    interval[0],
                    interval[1],
                    shown.stream()
                            .filter(f -> f.ptsSeconds() * 1000 >= interval[0] && f.ptsSeconds() * 1000 < interval[1])
                            .map(f -> (int) f.number())));
        }
        return clips;
    }

    /** Every fifth sample is marked as a keyframe, whether it is one or not. */
    private List<OddClip> otherCodec(String name, String... more) throws IOException {
        FootageSpec spec = SPEC.withSize(352, 288)
                .withExtra("-c:v", name, "-q:v", "5", "-flags", "-cgop", "-sc_threshold", "1000000000")
                .withExtra(more);
        return List.of(middle(changed(name, spec, (picture, movie) -> {
            for (int i = 0; i < picture.samples.size(); i += 5) {
                picture.samples.set(i, picture.samples.get(i).asKeyframe(true));
            }
        })));
    }

    private List<OddClip> sameEntryTwice() throws IOException {
        Path file = changed("twice", SPEC, (picture, movie) -> {
            picture.entries.add(picture.entries.get(0));
            for (int i = 100; i < 250; i++) {
                picture.samples.set(i, picture.samples.get(i).of(2));
            }
        });
        return List.of(OddClip.of(whole(file), 2100, 6300, frames(53, 158)));
    }

    private List<OddClip> entryUnused() throws IOException {
        Path file = changed("unused", SPEC, (picture, movie) -> picture.entries.add(picture.entries.get(0)));
        return List.of(OddClip.of(whole(file), 2100, 6300, frames(53, 158)));
    }

    /**
     * The recorder continues with other parameter sets: frames 250 to 349, coded differently, after frames 0 to 249.
     */
    private List<OddClip> twoEntries() throws IOException {
        FootageSpec other = SPEC.withExtra("-x264-params", "8x8dct=1:cabac=0:ref=3:weightp=0");
        LooseTrack next = LooseMovie.load(base(other, 250, 100)).picture();
        LooseMovie next2 = LooseMovie.load(base(SPEC, 0, 250));
        LooseTrack picture = next2.picture();
        picture.entries.add(next.entries.get(0));
        next.samples.forEach(
                s -> picture.samples.add(s.later(250 * picture.frame()).of(2)));
        picture.edits = null;
        Path file = next2.write(folder.resolve("two-entries.mp4"));
        return List.of(
                OddClip.of(listed(file, 0, 14_000), 8100, 12_300, frames(203, 308)),
                OddClip.of(listed(file, 0, 14_000), 10_500, 13_000, frames(263, 325)));
    }

    private List<OddClip> endOvertold() {
        FootageSpec spec = SPEC.withBFrames(2);
        return List.of(OddClip.of(
                List.of(listed(base(spec, 0, 265), 0, 11_000), listed(base(spec, 265, 250), 10_600, 20_600)),
                8000,
                13_000,
                frames(200, 325)));
    }

    /** The listed end of the first recording is inside its last frame; the second contains the same frame. */
    private List<OddClip> overlapping() {
        return List.of(OddClip.of(
                List.of(listed(base(SPEC, 0, 250), 0, 9970), listed(base(SPEC, 125, 250), 5000, 15_000)),
                8000,
                13_000,
                frames(200, 325)));
    }

    /** According to the listing, the first recording covers the second completely. */
    private List<OddClip> shadowed() {
        return List.of(OddClip.of(
                List.of(listed(base(SPEC, 0, 150), 0, 20_000), listed(base(SPEC, 125, 250), 5000, 15_000)),
                4000,
                9000,
                frames(100, 225)));
    }

    /** Five recordings, each encoded separately and listed until the next one starts, contain its first frames too. */
    private List<OddClip> prebuffered() {
        FootageSpec spec = SPEC.withBFrames(2);
        List<OddClip.Recorded> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(listed(base(spec, 50 * i, 60), 2000L * i, 2000L * (i + 1)));
        }
        return List.of(OddClip.of(all, 500, 9480, frames(13, 237)));
    }

    /**
     * One stream in three recordings that start every two seconds, with the same samples in two of them. The listed ends are
     * the next start or those of the files.
     *
     * @param sets whether the first sample of each recording has parameter sets in addition
     */
    private List<OddClip> prebufferedCopies(int count, boolean sets) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            LooseMovie movie = LooseMovie.load(base(SPEC.withBFrames(2), 0, 250));
            LooseTrack picture = movie.picture();
            long shift = -50L * i * picture.frame();
            picture.samples = new ArrayList<>(picture.samples.subList(50 * i, 50 * i + count));
            picture.each(sample -> sample.later(shift));
            if (sets) {
                addSets(picture);
            }
            movie.tracks.remove(movie.sound());
            files.add(movie.write(folder.resolve("copied-" + i + "-" + count + sets + ".mp4")));
        }
        List<OddClip> clips = new ArrayList<>();
        for (int late : new int[] {-25, -10, 0, 10, 25}) {
            for (boolean untilNext : new boolean[] {false, true}) {
                List<OddClip.Recorded> all = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    long start = 2000L * i + i % 2L * late;
                    long end = untilNext ? 2000L * (i + 1) + (i + 1) % 2L * late : start + 40L * count;
                    all.add(listed(files.get(i), start, end));
                }
                clips.add(OddClip.of(all, 500, 5500, frames(13, 138)));
            }
        }
        return clips;
    }

    /** Repeats the parameter sets in the first sample. */
    private static void addSets(LooseTrack picture) {
        LooseSample first = picture.samples.get(0);
        byte[] sets = parameterSets(picture.picked("avcC"));
        ByteBuffer data = ByteBuffer.allocate(sets.length + first.data().remaining());
        data.put(sets).put(first.data().duplicate());
        picture.samples.set(0, first.with(data.array()));
    }

    /** @return samples of one stream, from one index on, at times from 0 on */
    private Path part(FootageSpec spec, int from, int to, Change change) throws IOException {
        LooseMovie movie = LooseMovie.load(base(spec, 0, 250));
        LooseTrack picture = movie.picture();
        long shift = -from * picture.frame();
        picture.samples = new ArrayList<>(picture.samples.subList(from, to));
        picture.each(sample -> sample.later(shift));
        movie.tracks.remove(movie.sound());
        change.apply(picture, movie);
        return movie.write(folder.resolve("part-" + spec.hashCode() + "-" + from + "-" + to + ".mp4"));
    }

    /** The second recording begins with 19 frames that its edit list hides; the first one has them too. */
    private List<OddClip> prebufferedHidden() throws IOException {
        FootageSpec spec = SPEC.withBFrames(2);
        Path first = part(spec, 0, 119, (picture, movie) -> {});
        Path second = part(spec, 100, 250, (picture, movie) -> {
            long start = picture.edits.get(0)[1] + 19 * picture.frame();
            picture.edits = List.of(new long[] {5240, start});
        });
        return List.of(
                OddClip.of(List.of(listed(first, 0, 4760), listed(second, 4760, 10_000)), 3000, 7000, frames(75, 175)));
    }

    /** The clip ends shortly after the second recording starts; the first one goes on much longer. */
    private List<OddClip> overlapBehindTheEnd() {
        FootageSpec spec = SPEC.withBFrames(2);
        List<OddClip.Recorded> all =
                List.of(listed(base(spec, 0, 250), 0, 10_000), listed(base(spec, 200, 250), 8000, 18_000));
        return List.of(
                OddClip.of(all, 7000, 8050, frames(175, 202)),
                OddClip.of(all, 7000, 8010, frames(175, 201)),
                OddClip.of(all, 7000, 8090, frames(175, 203)));
    }

    /** Every frame is a keyframe of the same size, in adjacent recordings. */
    private List<OddClip> constantSizes() throws IOException {
        List<OddClip.Recorded> all = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Path file = changed(
                    base(SPEC.withGop(1), 250 * i, 250),
                    "constant" + i,
                    (picture, movie) -> picture.each(sample -> {
                        ByteBuffer data = ByteBuffer.allocate(40_000);
                        data.put(sample.data().duplicate());
                        // filler data
                        data.putInt(data.remaining() - 4).put((byte) 12);
                        while (data.remaining() > 1) {
                            data.put((byte) 0xFF);
                        }
                        return sample.with(data.put((byte) 0x80).array());
                    }));
            all.add(listed(file, 10_000L * i, 10_000L * (i + 1)));
        }
        return List.of(OddClip.of(all, 8000, 12_000, frames(200, 300)));
    }

    /** 50 frames per second in a timescale of 25: two frames have one time. */
    private List<OddClip> twoFramesPerTime() throws IOException {
        Path file = changed("two-per-time", SPEC, (picture, movie) -> {
            long tick = picture.timescale / FPS;
            picture.durations = new long[250];
            for (int i = 0; i < 250; i++) {
                long time = i / 2 * tick;
                picture.samples.set(i, picture.samples.get(i).at(time, time));
                picture.durations[i] = i % 2 * tick;
            }
            picture.edits = null;
            movie.tracks.remove(movie.sound());
        });
        return List.of(OddClip.of(listed(file, 0, 5000), 1000, 3000, frames(50, 150)));
    }

    /** A frame a second; the clip starts within the last one of a recording. */
    private List<OddClip> heldAtStart() throws IOException {
        List<OddClip.Recorded> all = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Path file = changed(base(SPEC, 250 * i, 250), "slow" + i, (picture, movie) -> {
                picture.each(s -> s.at(s.decoded() * FPS, s.shown() * FPS));
                picture.lastDuration = picture.timescale;
                picture.edits = null;
                movie.tracks.remove(movie.sound());
            });
            all.add(listed(file, 250_000L * i, 250_000L * (i + 1)));
        }
        return List.of(OddClip.of(all, 249_200, 252_500, frames(249, 253)));
    }

    /** Leading pictures that can be decoded from their keyframe on. */
    private List<OddClip> radl() {
        FootageSpec spec = SPEC.withExtra(
                "-c:v",
                "libx265",
                "-tag:v",
                "hvc1",
                "-preset",
                "fast",
                "-x265-params",
                "log-level=error:open-gop=0:radl=2:keyint=50:min-keyint=50:scenecut=0:bframes=3");
        return List.of(middle(base(spec, 0, 250)), OddClip.of(whole(base(spec, 0, 250)), 3840, 4170, frames(96, 105)));
    }

    /** The second recording begins with leading pictures that only the first one can decode. */
    private List<OddClip> openGopOverlap() throws IOException {
        FootageSpec spec = SPEC.withBFrames(2).withExtra("-x264-params", "open-gop=1:b-adapt=0");
        OpenKeyframe at = openKeyframe(spec);
        long shown = 40L * at.frame();
        Path first = part(spec, 0, at.sample() + 18, (picture, movie) -> {});
        Path hidden = part(
                spec,
                at.sample(),
                250,
                (picture, movie) -> picture.edits =
                        List.of(new long[] {10_000, picture.samples.get(0).shown()}));
        Path plain = part(spec, at.sample(), 249, (picture, movie) -> picture.edits = null);
        List<OddClip> clips = new ArrayList<>();
        for (OddClip.Recorded second :
                List.of(listed(hidden, shown, 10_000), listed(plain, shown - 40L * at.leading(), 10_000))) {
            List<OddClip.Recorded> all = List.of(listed(first, 0, shown + 600), second);
            clips.add(OddClip.of(all, 2000, shown - 30, frames(50, at.frame())));
            clips.add(OddClip.of(all, 2000, shown + 10, frames(50, at.frame() + 1)));
            clips.add(OddClip.of(all, 2000, shown + 1000, frames(50, at.frame() + 25)));
        }
        return clips;
    }

    /**
     * A keyframe of an open GOP in the middle of a recording.
     *
     * @param sample its index
     * @param frame its number
     * @param leading number of frames that are decoded after it and shown before it
     */
    private record OpenKeyframe(int sample, int frame, int leading) {}

    private OpenKeyframe openKeyframe(FootageSpec spec) throws IOException {
        LooseTrack picture = LooseMovie.load(base(spec, 0, 250)).picture();
        int key = 80;
        while (!picture.samples.get(key).keyframe()) {
            key++;
        }
        long shown = picture.samples.get(key).shown() - picture.edits.get(0)[1];
        int leading = 0;
        while (picture.samples.get(key + leading + 1).shown()
                < picture.samples.get(key).shown()) {
            leading++;
        }
        return new OpenKeyframe(key, (int) (shown / picture.frame()), leading);
    }

    /** Short clips that end on frames soon after a keyframe of an open GOP. */
    private List<OddClip> openGopShort() throws IOException {
        FootageSpec spec = SPEC.withBFrames(2).withExtra("-x264-params", "open-gop=1:b-adapt=0");
        Path file = base(spec, 0, 250);
        int key = openKeyframe(spec).frame();
        List<OddClip> clips = new ArrayList<>();
        for (int end = 1; end <= 4; end++) {
            for (int start = -1; start <= end - 1; start++) {
                clips.add(OddClip.of(
                        whole(file), 40L * (key + start) - 10, 40L * (key + end) - 10, frames(key + start, key + end)));
            }
        }
        return clips;
    }

    /** A recorder writes data of its own as samples between frames, in NAL units of an unspecified type. */
    private List<OddClip> recorderData() throws IOException {
        return List.of(middle(changed("recorder-data", SPEC, (picture, movie) -> {
            List<LooseSample> all = new ArrayList<>();
            for (LooseSample sample : picture.samples) {
                all.add(sample.with(new byte[] {0, 0, 0, 3, 24, 1, 2}).asKeyframe(false));
                all.add(sample.later(1));
            }
            picture.samples = all;
        })));
    }

    /** Every second start is listed too early, by up to the error of both clocks; no frame is in two recordings. */
    private List<OddClip> clocksOverlap() {
        FootageSpec spec = SPEC.withBFrames(2);
        List<OddClip> clips = new ArrayList<>();
        for (int early : new int[] {19, 21, 30, 40, 45, 50}) {
            for (boolean untilNext : new boolean[] {false, true}) {
                List<OddClip.Recorded> all = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    long start = 2000L * i - i % 2L * early;
                    long end = untilNext ? 2000L * (i + 1) - (i + 1) % 2L * early : start + 2000;
                    all.add(listed(base(spec, 50 * i, 50), start, end));
                }
                clips.add(OddClip.of(all, 500, 5480, frames(13, 137)));
            }
        }
        return clips;
    }

    /** A frame every two seconds; the interval is shorter. */
    private List<OddClip> betweenTwoFrames() throws IOException {
        Path file = changed("slow", SPEC, (picture, movie) -> {
            picture.each(s -> s.at(s.decoded() * 50, s.shown() * 50));
            picture.edits = null;
            movie.tracks.remove(movie.sound());
        });
        OddClip.Recorded recording = listed(file, 0, 500_000);
        return List.of(
                OddClip.of(recording, 200_500, 201_000, frames(100, 101)),
                OddClip.of(recording, 200_500, 204_100, frames(100, 103)),
                OddClip.of(whole(base(SPEC, 0, 250)), 4005, 4030, frames(100, 101)));
    }

    /** Nothing is shown for the first seconds of the recording. */
    private List<OddClip> longPause() throws IOException {
        Path file = changed("long_pause", SPEC.withBFrames(2), (picture, movie) -> {
            long start = picture.edits == null ? 0 : picture.edits.get(0)[1];
            picture.edits = List.of(new long[] {2500, -1}, new long[] {10_000, start});
            movie.sound().edits = List.of(new long[] {2500, -1}, new long[] {10_000, PRIMING});
        });
        return List.of(OddClip.of(listed(file, 0, 12_500), 3600, 7800, frames(28, 133)));
    }

    /** A frame, to which no other refers, is replaced by bytes that are not even a NAL unit. */
    private List<OddClip> tinySample() throws IOException {
        List<OddClip> clips = new ArrayList<>();
        for (byte[] data : List.of(new byte[4], new byte[3], new byte[] {9})) {
            clips.add(withoutPicture("tiny" + data.length, 130, whole -> data));
        }
        return clips;
    }

    /** Bit errors in the first byte of a frame, to which no other refers, make it a NAL unit of an unspecified type. */
    private List<OddClip> unknownUnit() throws IOException {
        List<OddClip> clips = new ArrayList<>();
        for (int from : new int[] {85, 130}) {
            for (int type : new int[] {0, 24, 31}) {
                clips.add(withoutPicture("unknown" + from + "-" + type, from, whole -> {
                    whole[4] = (byte) type;
                    return whole;
                }));
            }
        }
        return clips;
    }

    /** @param from index of a sample; the first one from there to which no other refers is changed, and not shown */
    private OddClip withoutPicture(String name, int from, UnaryOperator<byte[]> change) throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC.withBFrames(2), 0, 250));
        LooseTrack picture = movie.picture();
        int index = from;
        while (isReferredTo(picture.samples.get(index))) {
            index++;
        }
        LooseSample lost = picture.samples.get(index);
        byte[] data = new byte[lost.data().remaining()];
        lost.data().duplicate().get(data);
        int number = (int) ((lost.shown() - picture.edits.get(0)[1]) / picture.frame());
        picture.samples.set(index, lost.with(change.apply(data)));
        Path file = movie.write(folder.resolve(name + ".mp4"));
        return OddClip.of(whole(file), 3100, 7300, Stream.concat(frames(78, number), frames(number + 1, 183)))
                .damaged();
    }

    /** Parameter sets as a sync sample of their own, with the time of a frame before the one that they belong to. */
    private List<OddClip> setsFarAhead() throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC.withBFrames(2), 0, 250));
        LooseTrack picture = movie.picture();
        int index = 0;
        while (picture.samples.get(index).shown() != picture.edits.get(0)[1] + 100 * picture.frame()) {
            index++;
        }
        LooseSample keyframe = picture.samples.get(index);
        long early = keyframe.shown() - 4 * picture.frame() - picture.frame() / 5;
        byte[] delimiter = {0, 0, 0, 2, 9, 16};
        picture.samples.add(index, keyframe.with(delimiter).at(keyframe.decoded() - 1, early));
        Path file = movie.write(folder.resolve("sets_far_ahead.mp4"));
        return List.of(OddClip.of(whole(file), 3835, 3845, frames(96, 97)));
    }

    /** The sample entry has the parameter sets of another encoder; the right ones are in the first sample only. */
    private List<OddClip> setsOfAnother() throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC, 0, 250));
        LooseTrack picture = movie.picture();
        FootageSpec other = SPEC.withExtra("-x264-params", "8x8dct=0:cabac=0:ref=1");
        ByteBuffer config = ByteBuffer.wrap(picture.picked("avcC"));
        ByteBuffer sets = ByteBuffer.allocate(config.limit() + 8);
        config.position(6);
        for (int i = 0; i < 2; i++) {
            byte[] set = new byte[config.getShort()];
            config.get(set);
            sets.putInt(set.length).put(set);
            // the number of picture parameter sets
            config.position(config.position() + 1);
        }
        LooseSample first = picture.samples.get(0);
        ByteBuffer data = ByteBuffer.allocate(sets.flip().limit() + first.data().limit());
        data.put(sets).put(first.data().duplicate());
        picture.samples.set(0, first.with(data.array()));
        picture.put("avcC", LooseMovie.load(base(other, 0, 250)).picture().picked("avcC"));
        Path file = movie.write(folder.resolve("sets_of_another.mp4"));
        return List.of(
                OddClip.of(whole(file), 4000, 8000, frames(100, 200)),
                OddClip.of(whole(file), 5100, 7300, frames(128, 183)));
    }

    /** Each slice of a picture is a sample of its own, with the picture's time. */
    private List<OddClip> slices(FootageSpec spec) throws IOException {
        LooseMovie movie = LooseMovie.load(base(spec, 0, 250));
        divide(movie.picture());
        Path file = movie.write(folder.resolve("slices" + spec.hashCode() + ".mp4"));
        return List.of(
                OddClip.of(whole(file), 4000, 7290, frames(100, 183)),
                OddClip.of(whole(file), 3110, 7310, frames(78, 183)),
                OddClip.of(whole(file), 3000, 4000, frames(75, 100)));
    }

    private List<OddClip> slicesInFragments() throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC.withBFrames(2).withExtra("-x264-params", "slices=2"), 0, 250));
        divide(movie.picture());
        Path file = movie.writeFragments(folder.resolve("slices-fragmented.mp4"), 0, 0);
        return List.of(middle(file), OddClip.of(whole(file), 4000, 7290, frames(100, 183)));
    }

    /** Makes each slice a sample. */
    private static void divide(LooseTrack picture) {
        long frame = picture.frame();
        List<LooseSample> slices = new ArrayList<>();
        for (LooseSample whole : picture.samples) {
            byte[] data = new byte[whole.data().remaining()];
            whole.data().duplicate().get(data);
            int second = lastUnit(data);
            slices.add(whole.with(Arrays.copyOf(data, second)));
            slices.add(whole.with(Arrays.copyOfRange(data, second, data.length)).asKeyframe(false));
        }
        picture.samples = slices;
        picture.durations = new long[slices.size()];
        for (int i = 1; i < slices.size(); i += 2) {
            picture.durations[i] = frame;
        }
    }

    /** The recorder loses its connection for three seconds after frame 99, within one file. */
    private List<OddClip> pauseBetweenFragments() throws IOException {
        LooseMovie movie = LooseMovie.load(base(SPEC.withBFrames(2), 0, 250));
        LooseTrack picture = movie.picture();
        long pause = 3 * picture.timescale;
        picture.durations = new long[250];
        Arrays.fill(picture.durations, picture.frame());
        for (int i = 100; i < 250; i++) {
            picture.samples.set(i, picture.samples.get(i).later(pause));
        }
        movie.tracks.remove(movie.sound());
        OddClip.Recorded recording = listed(movie.writeFragments(folder.resolve("pause.mp4"), 0, 0), 0, 13_000);
        return List.of(
                OddClip.of(recording, 3100, 9000, frames(78, 150)).withGap(4000, 7000),
                OddClip.of(recording, 5000, 9000, frames(99, 150)).withGap(5000, 7000),
                OddClip.of(recording, 3100, 6000, frames(78, 100)).withGap(4000, 6000),
                OddClip.of(recording, 7000, 9000, frames(100, 150)));
    }

    /** A second recorder has frames 300 on from the middle of the pause: it begins in it, or covers all of it. */
    private List<OddClip> pauseFilled() throws IOException {
        OddClip.Recorded paused = pauseBetweenFragments().get(0).recordings().get(0);
        Path other = base(SPEC.withBFrames(2), 300, 75);
        OddClip.Recorded inside = listed(other, 5000, 7000);
        OddClip.Recorded over = listed(other, 3000, 6000);
        OddClip.Recorded beyond = listed(other, 5000, 8000);
        return List.of(
                OddClip.of(List.of(paused, inside), 3000, 6000, Stream.concat(frames(75, 100), frames(300, 325)))
                        .withGap(4000, 5000),
                OddClip.of(List.of(over, paused), 3100, 6000, Stream.concat(frames(78, 100), frames(325, 375))),
                OddClip.of(List.of(paused, beyond), 5100, 9000, Stream.concat(frames(303, 375), frames(125, 150))));
    }

    private List<OddClip> pauseBetweenEdits() throws IOException {
        Path file = changed("edit-pause", SPEC, (picture, movie) -> {
            picture.edits =
                    List.of(new long[] {4000, 0}, new long[] {3000, -1}, new long[] {6000, 100 * picture.frame()});
            movie.tracks.remove(movie.sound());
        });
        OddClip.Recorded recording = listed(file, 0, 13_000);
        return List.of(
                OddClip.of(recording, 3100, 9000, frames(78, 150)).withGap(4000, 7000),
                OddClip.of(recording, 5000, 9000, frames(100, 150)).withGap(5000, 7000));
    }

    /** @return offset of the length of the last NAL unit */
    private static int lastUnit(byte[] sample) {
        ByteBuffer data = ByteBuffer.wrap(sample);
        int at = 0;
        while (at + 4 + data.getInt(at) < sample.length) {
            at += 4 + data.getInt(at);
        }
        return at;
    }

    private List<OddClip> overByOne() {
        List<OddClip.Recorded> three = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            three.add(listed(base(SPEC.withBFrames(2), 250 * i, 250), 10_000L * i, 10_000L * i + 11_000));
        }
        return List.of(OddClip.of(three, 5000, 25_000, frames(125, 625)));
    }

    private List<OddClip> wholeSecondEnds() {
        FootageSpec spec = SPEC.withBFrames(2);
        return List.of(OddClip.of(
                List.of(listed(base(spec, 0, 270), 0, 9_980), listed(base(spec, 270, 250), 10_800, 19_980)),
                8000,
                13_000,
                frames(200, 325)));
    }

    /** None has an end, so that each is assumed to last ten minutes. */
    private List<OddClip> newestFirst() {
        FootageSpec spec = SPEC.withBFrames(2);
        return List.of(OddClip.of(
                List.of(listed(base(spec, 250, 250), 10_000, 610_000), listed(base(spec, 0, 250), 0, 600_000)),
                8000,
                13_000,
                frames(200, 325)));
    }

    /** Starts are listed with an error of up to 25 ms. */
    private List<OddClip> jitter() {
        Random random = new Random(7);
        List<OddClip.Recorded> recordings = new ArrayList<>();
        long start = 0;
        for (int i = 0; i < 8; i++) {
            long next = 2000L * (i + 1) + random.nextInt(51) - 25;
            recordings.add(listed(base(SPEC.withBFrames(2), 50 * i, 50), start, next));
            start = next;
        }
        return List.of(OddClip.of(recordings, 500, 14_960, frames(13, 375)));
    }

    /** Audio frames of 64 or 128 ms. */
    private List<OddClip> slowSound(int rate, int count) {
        FootageSpec spec = SPEC.withGop(51).withExtra("-ar", Integer.toString(rate), "-b:a", "24k");
        List<OddClip.Recorded> recordings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            recordings.add(listed(base(spec, 51 * i, 51), 2040L * i, 2040L * (i + 1)));
        }
        return List.of(OddClip.of(recordings, 1000, 2040L * count - 1400, frames(25, 51 * count - 35)));
    }
}

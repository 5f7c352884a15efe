package routes.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.function.ToLongFunction;

/** A small recording split into samples, which can be written again in any form, with or without fragments. */
public final class LooseMovie {
    /** Timescale of the movie, the unit of edit durations. */
    public static final int MOVIE_SCALE = 1000;

    private static final int[] IDENTITY = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};

    public final List<LooseTrack> tracks = new ArrayList<>();

    /** @param file as written by ffmpeg: one mdat, 32-bit offsets */
    public static LooseMovie load(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        LooseMovie movie = new LooseMovie();
        for (Mp4Box box : Mp4Box.parse(bytes)) {
            box.visit("moov", moov -> {
                long scale = ByteBuffer.wrap(moov.find("mvhd").body).getInt(12);
                moov.visit("trak", trak -> movie.tracks.add(track(trak, scale, bytes)));
            });
        }
        return movie;
    }

    public LooseTrack picture() {
        return of("vide");
    }

    public LooseTrack sound() {
        return of("soun");
    }

    private LooseTrack of(String kind) {
        return tracks.stream().filter(t -> t.kind.equals(kind)).findFirst().orElseThrow();
    }

    private static LooseTrack track(Mp4Box trak, long movieScale, byte[] file) {
        String kind = new String(trak.find("hdlr").body, 8, 4, StandardCharsets.US_ASCII);
        LooseTrack track =
                new LooseTrack(kind, ByteBuffer.wrap(trak.find("mdhd").body).getInt(12));
        ByteBuffer tkhd = ByteBuffer.wrap(trak.find("tkhd").body);
        track.matrix = Arrays.copyOfRange(tkhd.array(), 40, 76);
        track.shownWidth = tkhd.getInt(76);
        track.shownHeight = tkhd.getInt(80);
        trak.visit("elst", elst -> {
            ByteBuffer b = ByteBuffer.wrap(elst.body);
            track.edits = new ArrayList<>();
            for (int i = 0; i < b.getInt(4); i++) {
                long duration = b.getInt(8 + 12 * i) * (long) MOVIE_SCALE / movieScale;
                track.edits.add(new long[] {duration, b.getInt(12 + 12 * i)});
            }
        });
        ByteBuffer stsd = ByteBuffer.wrap(trak.find("stsd").body);
        track.entries.add(Arrays.copyOfRange(stsd.array(), 8, 8 + stsd.getInt(8)));
        long[] durations = runs(trak, "stts");
        long[] offsets = runs(trak, "ctts");
        ByteBuffer sizes = ByteBuffer.wrap(trak.find("stsz").body);
        List<Integer> keys = keyframes(trak);
        ByteBuffer chunks = ByteBuffer.wrap(trak.find("stco").body);
        ByteBuffer perChunk = ByteBuffer.wrap(trak.find("stsc").body);
        long time = 0;
        int sample = 0;
        int run = 0;
        for (int chunk = 0; chunk < chunks.getInt(4); chunk++) {
            if (run + 1 < perChunk.getInt(4) && perChunk.getInt(8 + 12 * (run + 1)) == chunk + 1) {
                run++;
            }
            int at = chunks.getInt(8 + 4 * chunk);
            for (int k = 0; k < perChunk.getInt(12 + 12 * run); k++, sample++) {
                int one = sizes.getInt(4);
                int size = one != 0 ? one : sizes.getInt(12 + 4 * sample);
                long shown = time + (offsets.length > 0 ? offsets[sample] : 0);
                boolean key = keys == null || keys.contains(sample + 1);
                track.samples.add(
                        new LooseSample(ByteBuffer.wrap(file, at, size).slice(), time, shown, key, 1));
                at += size;
                time += durations[sample];
            }
        }
        track.lastDuration = durations.length > 0 ? durations[durations.length - 1] : 1;
        return track;
    }

    private static long[] runs(Mp4Box trak, String type) {
        List<Long> values = new ArrayList<>();
        trak.visit(type, table -> {
            ByteBuffer b = ByteBuffer.wrap(table.body);
            for (int i = 0; i < b.getInt(4); i++) {
                for (int k = 0; k < b.getInt(8 + 8 * i); k++) {
                    values.add((long) b.getInt(12 + 8 * i));
                }
            }
        });
        return values.stream().mapToLong(v -> v).toArray();
    }

    /** @return numbers from 1; null if all are */
    private static List<Integer> keyframes(Mp4Box trak) {
        List<List<Integer>> found = new ArrayList<>();
        trak.visit("stss", table -> {
            ByteBuffer b = ByteBuffer.wrap(table.body);
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < b.getInt(4); i++) {
                numbers.add(b.getInt(8 + 4 * i));
            }
            found.add(numbers);
        });
        return found.isEmpty() ? null : found.get(0);
    }

    /** A contiguous range of samples of one track. */
    private record Part(int track, int from, int to) {}

    /** Writes moov first, then chunks of half a second. */
    public Path write(Path file) throws IOException {
        List<Part> chunks = parts(2);
        byte[] ftyp = new LooseBoxes()
                .box("ftyp", b -> b.text("isom").u32(512).text("isomiso2avc1mp41"))
                .toBytes();
        long length = header(chunks, 0).length;
        LooseBoxes out = new LooseBoxes().bytes(ftyp).bytes(header(chunks, ftyp.length + length + 8));
        return Files.write(
                file, out.box("mdat", b -> chunks.forEach(c -> data(b, c))).toBytes());
    }

    /** @param perSecond chunks per second */
    private List<Part> parts(int perSecond) {
        List<Part> parts = new ArrayList<>();
        for (int t = 0; t < tracks.size(); t++) {
            LooseTrack track = tracks.get(t);
            int from = 0;
            for (int i = 1; i <= track.samples.size(); i++) {
                if (i == track.samples.size() || !together(track, from, i, perSecond)) {
                    parts.add(new Part(t, from, i));
                    from = i;
                }
            }
        }
        return parts;
    }

    private static boolean together(LooseTrack track, int from, int to, int perSecond) {
        LooseSample first = track.samples.get(from);
        LooseSample next = track.samples.get(to);
        return first.entry() == next.entry()
                && first.decoded() * perSecond / track.timescale == next.decoded() * perSecond / track.timescale;
    }

    private void data(LooseBoxes out, Part part) {
        tracks.get(part.track).samples.subList(part.from, part.to).forEach(sample -> out.bytes(sample.data()));
    }

    private byte[] header(List<Part> chunks, long dataStart) {
        return header(
                (table, index) -> {
                    LooseTrack track = tracks.get(index);
                    List<Long> offsets = new ArrayList<>();
                    List<Part> own = new ArrayList<>();
                    long at = dataStart;
                    for (Part chunk : chunks) {
                        if (chunk.track == index) {
                            own.add(chunk);
                            offsets.add(at);
                        }
                        at += tracks.get(chunk.track).samples.subList(chunk.from, chunk.to).stream()
                                .mapToLong(s -> s.data().remaining())
                                .sum();
                    }
                    tables(table, track, own, offsets);
                },
                false);
    }

    private static void tables(LooseBoxes stbl, LooseTrack track, List<Part> chunks, List<Long> offsets) {
        List<LooseSample> samples = track.samples;
        long[] durations = track.durations != null ? track.durations : durations(track);
        runs(stbl, "stts", durations);
        long[] delays = samples.stream().mapToLong(s -> s.shown() - s.decoded()).toArray();
        if (Arrays.stream(delays).anyMatch(d -> d != 0)) {
            runs(stbl, "ctts", delays);
        }
        if (samples.stream().anyMatch(s -> !s.keyframe())) {
            stbl.full("stss", 0, 0, b -> {
                b.u32(samples.stream().filter(LooseSample::keyframe).count());
                for (int i = 0; i < samples.size(); i++) {
                    if (samples.get(i).keyframe()) {
                        b.u32(i + 1);
                    }
                }
            });
        }
        stbl.full("stsc", 0, 0, b -> {
            b.u32(chunks.size());
            for (int i = 0; i < chunks.size(); i++) {
                Part chunk = chunks.get(i);
                b.u32(i + 1, chunk.to - chunk.from, samples.get(chunk.from).entry());
            }
        });
        stbl.full("stsz", 0, 0, b -> {
            b.u32(0, samples.size());
            samples.forEach(s -> b.u32(s.data().remaining()));
        });
        stbl.full("stco", 0, 0, b -> {
            b.u32(offsets.size());
            offsets.forEach(offset -> b.u32(offset));
        });
    }

    private static long[] durations(LooseTrack track) {
        long[] durations = new long[track.samples.size()];
        for (int i = 0; i < durations.length; i++) {
            durations[i] = i + 1 < durations.length
                    ? track.samples.get(i + 1).decoded() - track.samples.get(i).decoded()
                    : track.lastDuration;
        }
        return durations;
    }

    private static void runs(LooseBoxes stbl, String type, long... values) {
        stbl.full(type, 0, 0, b -> {
            b.u32(values.length);
            for (long value : values) {
                b.u32(1, value);
            }
        });
    }

    private byte[] header(ObjIntConsumer<LooseBoxes> tables, boolean inFragments) {
        ToLongFunction<LooseTrack> length = t -> inFragments || t.samples.isEmpty()
                ? 0
                : (t.samples.get(t.samples.size() - 1).decoded() + t.lastDuration) * MOVIE_SCALE / t.timescale;
        return new LooseBoxes()
                .box("moov", moov -> {
                    moov.full("mvhd", 0, 0, b -> {
                        b.u32(
                                0,
                                0,
                                MOVIE_SCALE,
                                tracks.stream().mapToLong(length).max().orElse(0));
                        b.u32(0x10000).u16(0x100, 0).zeros(8);
                        Arrays.stream(IDENTITY).forEach(b::u32);
                        b.zeros(24).u32(tracks.size() + 1);
                    });
                    for (int i = 0; i < tracks.size(); i++) {
                        int index = i;
                        LooseTrack track = tracks.get(i);
                        moov.box("trak", b -> trak(b, track, index, length.applyAsLong(track), tables));
                    }
                    if (inFragments) {
                        moov.box("mvex", mvex -> {
                            for (int i = 1; i <= tracks.size(); i++) {
                                int id = i;
                                mvex.full("trex", 0, 0, b -> b.u32(id, 1, 0, 0, 0));
                            }
                        });
                    }
                })
                .toBytes();
    }

    private static void trak(
            LooseBoxes trak, LooseTrack track, int index, long length, ObjIntConsumer<LooseBoxes> tables) {
        boolean picture = track.kind.equals("vide");
        long shown = track.edits == null
                ? length
                : track.edits.stream().mapToLong(e -> e[0]).sum();
        trak.full("tkhd", 0, 3, b -> b.u32(0, 0, index + 1, 0, shown)
                .zeros(8)
                .u16(0, 0, picture ? 0 : 0x100, 0)
                .bytes(track.matrix)
                .u32(track.shownWidth, track.shownHeight));
        if (track.edits != null) {
            trak.box(
                    "edts",
                    e -> e.full("elst", 0, 0, b -> {
                        b.u32(track.edits.size());
                        track.edits.forEach(edit -> b.u32(edit[0], edit[1], 0x10000));
                    }));
        }
        trak.box("mdia", mdia -> {
            mdia.full("mdhd", 0, 0, b -> b.u32(0, 0, track.timescale, length * track.timescale / MOVIE_SCALE)
                    .u16(0x55C4, 0));
            mdia.full("hdlr", 0, 0, b -> b.u32(0).text(track.kind).zeros(13));
            mdia.box("minf", minf -> {
                minf.full(picture ? "vmhd" : "smhd", 0, picture ? 1 : 0, b -> b.zeros(picture ? 8 : 4));
                minf.box("dinf", d -> d.full("dref", 0, 0, b -> b.u32(1).full("url ", 0, 1, self -> {})));
                minf.box("stbl", stbl -> {
                    stbl.full("stsd", 0, 0, b -> {
                        b.u32(track.entries.size());
                        track.entries.forEach(b::bytes);
                    });
                    tables.accept(stbl, index);
                });
            });
        });
    }

    /**
     * Writes a moov without samples, then one fragment per second.
     *
     * @param seconds decode time of the first fragment
     * @param cutOff bytes to truncate at the end
     */
    public Path writeFragments(Path file, double seconds, int cutOff) throws IOException {
        LooseBoxes out = new LooseBoxes()
                .box("ftyp", b -> b.text("iso5").u32(512).text("iso5iso6mp41"))
                .bytes(header(
                        (stbl, index) -> {
                            for (String empty : List.of("stts", "stsc", "stco")) {
                                stbl.full(empty, 0, 0, b -> b.u32(0));
                            }
                            stbl.full("stsz", 0, 0, b -> b.u32(0, 0));
                        },
                        true));
        List<Part> parts = parts(1);
        int number = 1;
        for (long second = 0; !parts.isEmpty(); second++) {
            long now = second;
            List<Part> fragment = parts.stream().filter(p -> second(p) <= now).toList();
            parts = parts.stream().filter(p -> second(p) > now).toList();
            if (!fragment.isEmpty()) {
                int length = moof(fragment, number, seconds, 0).length;
                out.bytes(moof(fragment, number++, seconds, length + 8));
                out.box("mdat", b -> fragment.forEach(p -> data(b, p)));
            }
        }
        byte[] all = out.toBytes();
        return Files.write(file, Arrays.copyOf(all, all.length - cutOff));
    }

    private long second(Part part) {
        LooseTrack track = tracks.get(part.track);
        return track.samples.get(part.from).decoded() / track.timescale;
    }

    private byte[] moof(List<Part> parts, int number, double seconds, int dataStart) {
        return new LooseBoxes()
                .box("moof", moof -> {
                    moof.full("mfhd", 0, 0, b -> b.u32(number));
                    int at = dataStart;
                    for (Part part : parts) {
                        LooseTrack track = tracks.get(part.track);
                        int data = at;
                        moof.box("traf", traf -> {
                            traf.full("tfhd", 0, 0x20000, b -> b.u32(part.track + 1));
                            long base = Math.round(seconds * track.timescale);
                            traf.full(
                                    "tfdt",
                                    1,
                                    0,
                                    b -> b.u64(
                                            base + track.samples.get(part.from).decoded()));
                            traf.full("trun", 1, 0xF01, b -> run(b.u32(part.to - part.from, data), track, part));
                        });
                        at += track.samples.subList(part.from, part.to).stream()
                                .mapToInt(s -> s.data().remaining())
                                .sum();
                    }
                })
                .toBytes();
    }

    private static void run(LooseBoxes trun, LooseTrack track, Part part) {
        long[] durations = track.durations == null ? durations(track) : track.durations;
        for (int i = part.from; i < part.to; i++) {
            LooseSample sample = track.samples.get(i);
            trun.u32(durations[i], sample.data().remaining(), sample.keyframe() ? 0x02000000 : 0x01010000);
            trun.u32(sample.shown() - sample.decoded());
        }
    }
}

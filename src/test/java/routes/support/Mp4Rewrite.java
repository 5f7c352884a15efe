package routes.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Changes output of ffmpeg into forms that it does not write: valid MP4 with one {@code mdat}, in place. */
public final class Mp4Rewrite {
    private static final int LARGE_HEADER = 16;

    private Mp4Rewrite() {}

    /** 64-bit chunk offsets ({@code co64}) and a 64-bit size of {@code mdat}, as in files above 4 GiB. */
    static void widenOffsets(Path file) throws IOException {
        rewrite(
                file,
                true,
                moov -> moov.visit("stbl", stbl -> {
                    Mp4Box narrow = stbl.find("stco");
                    ByteBuffer old = ByteBuffer.wrap(narrow.body);
                    ByteBuffer wide = ByteBuffer.allocate(8 + 2 * (narrow.body.length - 8));
                    wide.putInt(old.getInt()).putInt(old.getInt());
                    while (old.hasRemaining()) {
                        wide.putLong(Integer.toUnsignedLong(old.getInt()));
                    }
                    stbl.children.set(stbl.children.indexOf(narrow), Mp4Box.of("co64", wide.array()));
                }));
    }

    /** An edit list that starts after the first frame, so that the first samples are hidden. */
    static void hideStart(Path file, int millis) throws IOException {
        edit(file, 0, millis);
    }

    /** An edit list with an empty edit before the first frame, which delays the presentation. */
    static void pauseBefore(Path file, int millis) throws IOException {
        edit(file, millis, 0);
    }

    /** An audio track without samples. */
    static void emptySound(Path file) throws IOException {
        rewrite(file, false, moov -> soundOf(moov).visit("stbl", stbl -> {
            for (String table : List.of("stts", "stsc", "stco")) {
                stbl.find(table).body = new byte[8];
            }
            stbl.find("stsz").body = new byte[12];
        }));
    }

    /** The first audio frame has almost no duration, the second a correspondingly longer one. */
    static void hurrySound(Path file) throws IOException {
        rewrite(file, false, moov -> {
            Mp4Box durations = soundOf(moov).find("stts");
            ByteBuffer old = ByteBuffer.wrap(durations.body);
            int frame = old.getInt(12);
            durations.body = ByteBuffer.allocate(old.limit() + 16)
                    .putInt(0)
                    .putInt(old.getInt(4) + 2)
                    .putInt(1)
                    .putInt(1)
                    .putInt(1)
                    .putInt(2 * frame - 1)
                    .putInt(old.getInt(8) - 2)
                    .put(old.slice(12, old.limit() - 12))
                    .array();
        });
    }

    /** The last sample in decode order has no duration. */
    public static void endAtLastFrame(Path file) throws IOException {
        rewrite(file, false, moov -> {
            Mp4Box durations = moov.find("stts");
            ByteBuffer old = ByteBuffer.wrap(durations.body);
            durations.body = ByteBuffer.allocate(24)
                    .putInt(0)
                    .putInt(2)
                    .putInt(old.getInt(8) - 1)
                    .putInt(old.getInt(12))
                    .putInt(1)
                    .putInt(0)
                    .array();
        });
    }

    /** An edit list that shows the picture from 0 on if the first frame has a composition offset. */
    public static void editFromZero(Path file) throws IOException {
        rewrite(file, false, moov -> ByteBuffer.wrap(moov.find("elst").body).putInt(12, 0));
    }

    /** A track matrix that rotates the picture by 90 degrees. */
    public static void turn(Path file) throws IOException {
        turn(file, 90);
    }

    /** A track matrix that rotates the picture clockwise by a multiple of 90 degrees. */
    public static void turn(Path file, int degrees) throws IOException {
        rewrite(file, false, moov -> {
            ByteBuffer head = ByteBuffer.wrap(moov.find("tkhd").body);
            int cos = (int) Math.round(Math.cos(Math.toRadians(degrees))) * 0x10000;
            int sin = (int) Math.round(Math.sin(Math.toRadians(degrees))) * 0x10000;
            int[] matrix = {cos, sin, 0, -sin, cos, 0, 0, 0, 0x40000000};
            for (int i = 0; i < matrix.length; i++) {
                head.putInt(40 + Integer.BYTES * i, matrix[i]);
            }
        });
    }

    private static Mp4Box soundOf(Mp4Box moov) {
        return moov.children.stream()
                .filter(box -> box.type.equals("trak"))
                .filter(trak -> new String(trak.find("hdlr").body, 8, 4, StandardCharsets.US_ASCII).equals("soun"))
                .findFirst()
                .orElseThrow();
    }

    private static void edit(Path file, int pauseMillis, int hiddenMillis) throws IOException {
        rewrite(file, false, moov -> {
            int movieScale = timescale(moov.find("mvhd"));
            moov.visit("trak", trak -> {
                Mp4Box list = trak.find("elst");
                ByteBuffer old = ByteBuffer.wrap(list.body);
                int duration = old.getInt(8) - scaled(hiddenMillis, movieScale);
                int start = old.getInt(12) + scaled(hiddenMillis, timescale(trak.find("mdhd")));
                boolean pause = pauseMillis > 0;
                ByteBuffer edits =
                        ByteBuffer.allocate(pause ? 32 : 20).putInt(0).putInt(pause ? 2 : 1);
                if (pause) {
                    edits.putInt(scaled(pauseMillis, movieScale)).putInt(-1).putInt(0x10000);
                }
                list.body = edits.putInt(duration).putInt(start).putInt(0x10000).array();
            });
        });
    }

    private static int timescale(Mp4Box header) {
        return ByteBuffer.wrap(header.body).getInt(12);
    }

    private static int scaled(int millis, int timescale) {
        return Math.toIntExact((long) millis * timescale / 1000);
    }

    private static void rewrite(Path file, boolean wideData, Consumer<Mp4Box> change) throws IOException {
        List<Mp4Box> boxes = Mp4Box.parse(Files.readAllBytes(file));
        Mp4Box moov =
                boxes.stream().filter(b -> b.type.equals("moov")).findFirst().orElseThrow();
        int before = dataStart(boxes, false);
        change.accept(moov);
        int shift = dataStart(boxes, wideData) - before;
        moov.visit("stco", table -> shift(table, 4, shift));
        moov.visit("co64", table -> shift(table, 8, shift));
        int size = boxes.stream().mapToInt(Mp4Box::size).sum() + (wideData ? LARGE_HEADER - 8 : 0);
        ByteBuffer out = ByteBuffer.allocate(size);
        for (Mp4Box box : boxes) {
            if (wideData && box.type.equals("mdat")) {
                out.putInt(1).put("mdat".getBytes(StandardCharsets.US_ASCII));
                out.putLong(LARGE_HEADER + (long) box.body.length).put(box.body);
            } else {
                box.write(out);
            }
        }
        Files.write(file, out.array());
    }

    /** Offset of the samples in the file. */
    private static int dataStart(List<Mp4Box> boxes, boolean wideData) {
        int at = wideData ? LARGE_HEADER : 8;
        for (Mp4Box box : boxes) {
            if (box.type.equals("mdat")) {
                return at;
            }
            at += box.size();
        }
        throw new IllegalArgumentException("no mdat");
    }

    private static void shift(Mp4Box table, int width, long by) {
        ByteBuffer offsets = ByteBuffer.wrap(table.body);
        for (int at = 8; at < offsets.limit(); at += width) {
            if (width == 4) {
                offsets.putInt(at, (int) (offsets.getInt(at) + by));
            } else {
                offsets.putLong(at, offsets.getLong(at) + by);
            }
        }
    }
}

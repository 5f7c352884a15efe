package routes.transcode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells films from other files by their first bytes, and by their names where the bytes leave it open. See
 * docs/decisions/0038.
 */
final class FilmSignature {
    /** Bytes from the start of a file that are looked at. */
    static final int LENGTH = 4096;

    /** File names of video and sound whose formats have no signature, or one deep in the file. */
    private static final Set<String> EXTENSIONS = Set.of(
            "3g2", "3gp", "aac", "ac3", "aif", "aiff", "amr", "asf", "avi", "divx", "dv", "f4v", "flac", "flv", "h264",
            "h265", "hevc", "m1v", "m2t", "m2ts", "m2v", "m4a", "m4v", "mj2", "mka", "mkv", "mov", "mp2", "mp3", "mp4",
            "mpe", "mpeg", "mpg", "mts", "mxf", "oga", "ogg", "ogv", "opus", "ps", "qt", "rm", "rmvb", "ts", "vob",
            "wav", "webm", "wma", "wmv", "y4m");

    private static final int TS_PACKET = 188;
    private static final byte TS_SYNC = 0x47;
    /** Types of the first box of MP4 and QuickTime files. */
    private static final List<String> FIRST_BOXES = List.of("ftyp", "moov", "mdat", "wide", "free", "skip", "pnot");

    /** Signatures at the first byte: Matroska, AVI and WAV, Ogg, FLV, MPEG PS and video, ASF, FLAC, MXF, MP3, Y4M. */
    private static final List<byte[]> FILMS = List.of(
            bytes(0x1A, 0x45, 0xDF, 0xA3),
            text("OggS"),
            text("FLV"),
            bytes(0, 0, 1, 0xBA),
            bytes(0, 0, 1, 0xB3),
            bytes(0x30, 0x26, 0xB2, 0x75),
            text("fLaC"),
            bytes(0x06, 0x0E, 0x2B, 0x34),
            text("ID3"),
            text("YUV4MPEG2"));

    /** JPEG, PNG, GIF, TIFF, PDF, ZIP and what is built on it, gzip, ELF, 7z, RAR. */
    private static final List<byte[]> OTHERS = List.of(
            bytes(0xFF, 0xD8, 0xFF),
            bytes(0x89, 'P', 'N', 'G'),
            text("GIF8"),
            bytes('I', 'I', 0x2A, 0),
            bytes('M', 'M', 0, 0x2A),
            text("%PDF"),
            bytes('P', 'K', 3, 4),
            bytes(0x1F, 0x8B),
            bytes(0x7F, 'E', 'L', 'F'),
            bytes('7', 'z', 0xBC, 0xAF),
            text("Rar!"));

    private FilmSignature() {}

    /**
     * @param name or key of the file
     * @param first up to {@link #LENGTH} bytes of it
     */
    static boolean isFilm(String name, byte[] first) {
        return hasSignature(first) || (hasExtension(name) && !isOther(first));
    }

    private static boolean hasSignature(byte[] first) {
        boolean isRiff = starts(first, text("RIFF")) && (at(first, 8, "AVI ") || at(first, 8, "WAVE"));
        return isRiff
                || FILMS.stream().anyMatch(signature -> starts(first, signature))
                || FIRST_BOXES.stream().anyMatch(type -> at(first, 4, type))
                || isTransportStream(first);
    }

    private static boolean isTransportStream(byte[] first) {
        return first.length > 2 * TS_PACKET
                && first[0] == TS_SYNC
                && first[TS_PACKET] == TS_SYNC
                && first[2 * TS_PACKET] == TS_SYNC;
    }

    private static boolean hasExtension(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isOther(byte[] first) {
        return first.length == 0 || OTHERS.stream().anyMatch(signature -> starts(first, signature)) || isText(first);
    }

    /** Text has no control characters except those that lay it out. */
    private static boolean isText(byte[] first) {
        for (byte one : first) {
            if (one >= 0 && one < ' ' && one != '\n' && one != '\r' && one != '\t' && one != '\f') {
                return false;
            }
        }
        return true;
    }

    private static boolean at(byte[] first, int offset, String expected) {
        byte[] wanted = text(expected);
        return first.length >= offset + wanted.length
                && Arrays.equals(first, offset, offset + wanted.length, wanted, 0, wanted.length);
    }

    private static boolean starts(byte[] first, byte[] signature) {
        return first.length >= signature.length
                && Arrays.equals(first, 0, signature.length, signature, 0, signature.length);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(int... values) {
        byte[] all = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            all[i] = (byte) values[i];
        }
        return all;
    }
}

package routes.transcode.hls;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Finds the first sequence parameter set of H.264 in a transport stream (ISO/IEC 13818-1). Only the packets of the picture
 * are read: bytes of the sound may look like a parameter set.
 */
final class PictureSets {
    private static final int PACKET = 188;
    private static final int HEADER = 4;
    private static final int PROGRAMS = 0;
    private static final int NONE = -1;
    private static final int H264 = 0x1B;
    /** Bytes of a table before the entries of programs, after its pointer. */
    private static final int TABLE_HEAD = 8;

    private static final int CHECKSUM = 4;
    private static final int ENTRY_OF_PROGRAM = 4;
    private static final int ENTRY_OF_STREAM = 5;
    /** Bytes of a PES packet before its optional fields; the last one has their length. */
    private static final int PES_HEAD = 9;

    private static final int SEQUENCE_SET = 7;
    private static final int TYPE = 31;
    /** Profile, compatibility and level. */
    private static final int WANTED = 3;

    private int map = NONE;
    private int picture = NONE;
    /** The last four bytes of the picture. */
    private int window = -1;

    private final byte[] found = new byte[WANTED];
    private int bytesFound = NONE;

    private PictureSets() {}

    /** @return profile, compatibility and level as hexadecimal digits; empty if the file holds no parameter set */
    static Optional<String> profile(Path segment) throws IOException {
        PictureSets sets = new PictureSets();
        byte[] packet = new byte[PACKET];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(segment))) {
            while (in.readNBytes(packet, 0, PACKET) == PACKET) {
                sets.read(packet);
                if (sets.bytesFound == WANTED) {
                    return Optional.of(HexFormat.of().formatHex(sets.found));
                }
            }
        }
        return Optional.empty();
    }

    private void read(byte[] packet) {
        int id = number(packet, 1, 0x1FFF);
        boolean starts = (packet[1] & 0x40) != 0;
        boolean hasPayload = (packet[3] & 0x10) != 0;
        boolean hasAdaptation = (packet[3] & 0x20) != 0;
        int from = HEADER + (hasAdaptation ? 1 + (packet[HEADER] & 0xFF) : 0);
        if (!hasPayload || from >= PACKET) {
            return;
        }
        if (id == PROGRAMS && starts) {
            readPrograms(packet, from + 1 + (packet[from] & 0xFF));
        } else if (id == map && starts) {
            readStreams(packet, from + 1 + (packet[from] & 0xFF));
        } else if (id == picture) {
            readPicture(packet, starts ? from + headOfPes(packet, from) : from);
        }
    }

    private void readPrograms(byte[] packet, int table) {
        int end = endOf(packet, table);
        for (int at = table + TABLE_HEAD; at + ENTRY_OF_PROGRAM <= end; at += ENTRY_OF_PROGRAM) {
            // program 0 is that of the network
            if (number(packet, at, 0xFFFF) != 0) {
                map = number(packet, at + 2, 0x1FFF);
                return;
            }
        }
    }

    private void readStreams(byte[] packet, int table) {
        int end = endOf(packet, table);
        int at = table + TABLE_HEAD + 2 + 2;
        at += at <= end ? number(packet, at - 2, 0xFFF) : 0;
        while (at + ENTRY_OF_STREAM <= end) {
            if ((packet[at] & 0xFF) == H264) {
                picture = number(packet, at + 1, 0x1FFF);
                return;
            }
            at += ENTRY_OF_STREAM + number(packet, at + 3, 0xFFF);
        }
    }

    /** @return where the checksum of a table in one packet begins; ffmpeg writes no longer tables */
    private static int endOf(byte[] packet, int table) {
        if (table + TABLE_HEAD > PACKET) {
            return 0;
        }
        return Math.min(PACKET, table + 3 + number(packet, table + 1, 0xFFF) - CHECKSUM);
    }

    private static int number(byte[] packet, int at, int mask) {
        return (((packet[at] & 0xFF) << Byte.SIZE) | (packet[at + 1] & 0xFF)) & mask;
    }

    private static int headOfPes(byte[] packet, int from) {
        return from + PES_HEAD <= PACKET ? PES_HEAD + (packet[from + PES_HEAD - 1] & 0xFF) : PACKET;
    }

    private void readPicture(byte[] packet, int from) {
        for (int at = from; at < PACKET && bytesFound < WANTED; at++) {
            if (bytesFound != NONE) {
                found[bytesFound++] = packet[at];
                continue;
            }
            window = (window << Byte.SIZE) | (packet[at] & 0xFF);
            if (window >>> Byte.SIZE == 1 && (window & TYPE) == SEQUENCE_SET) {
                bytesFound = 0;
            }
        }
    }
}

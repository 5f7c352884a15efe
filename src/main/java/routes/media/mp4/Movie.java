package routes.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the header of an MP4 file tells of its tracks. */
public record Movie(List<Track> tracks) {
    private static final int HEADER = 16;

    public Optional<Track> video() {
        return tracks.stream().filter(t -> t.kind().equals("vide")).findFirst();
    }

    public Optional<Track> audio() {
        return tracks.stream().filter(t -> t.kind().equals("soun")).findFirst();
    }

    /**
     * Reads the header only, wherever in the file it stands.
     *
     * @throws BrokenMovie when there is none, or when it cannot be understood
     */
    public static Movie read(Path file) throws IOException, BrokenMovie {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Box moov = new Box("moov", moov(channel));
            List<Track> tracks = new ArrayList<>();
            for (Box trak : moov.children()) {
                if (trak.type().equals("trak")) {
                    tracks.add(SampleTables.read(moov, trak, channel.size()));
                }
            }
            return new Movie(List.copyOf(tracks));
        }
    }

    private static ByteBuffer moov(FileChannel channel) throws IOException, BrokenMovie {
        long at = 0;
        long length = channel.size();
        while (length - at >= 8) {
            ByteBuffer header = read(channel, at, (int) Math.min(HEADER, length - at));
            long size = Integer.toUnsignedLong(header.getInt(0));
            int headerSize = 8;
            if (size == 1 && header.limit() == HEADER) {
                size = header.getLong(8);
                headerSize = HEADER;
            } else if (size == 0) {
                size = length - at;
            }
            byte[] name = new byte[4];
            header.get(4, name);
            if (size < headerSize || size > length - at) {
                throw new BrokenMovie("the file is cut off");
            }
            if (new String(name, StandardCharsets.ISO_8859_1).equals("moov")) {
                if (size > Integer.MAX_VALUE) {
                    throw new BrokenMovie("the header is larger than 2 GiB");
                }
                return read(channel, at + headerSize, (int) size - headerSize);
            }
            at += size;
        }
        throw new BrokenMovie("the file has no 'moov' box");
    }

    private static ByteBuffer read(FileChannel channel, long at, int count) throws IOException, BrokenMovie {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new BrokenMovie("the file is cut off");
            }
        }
        return bytes.flip();
    }
}

package routes.snapshot;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import routes.failure.FootageUnusableException;

/** A JPEG file, and its size in pixels. */
public final class JpegPicture {
    private static final int START = 0xFFD8;
    private static final int FIRST_FRAME = 0xFFC0;
    private static final int LAST_FRAME = 0xFFCF;
    private static final int HUFFMAN_TABLES = 0xFFC4;
    private static final int SCAN = 0xFFDA;

    private final byte[] content;
    private final long bytes;
    private final int width;
    private final int height;

    private JpegPicture(byte[] content, long bytes, int width, int height) {
        this.content = content;
        this.bytes = bytes;
        this.width = width;
        this.height = height;
    }

    /**
     * @param isKept whether its content is answered
     * @throws FootageUnusableException if it is missing or no JPEG: the frame could not be decoded
     */
    static JpegPicture read(Path file, boolean isKept) throws IOException {
        if (!Files.exists(file)) {
            throw new FootageUnusableException("the frame cannot be decoded");
        }
        int[] size = size(file);
        return new JpegPicture(isKept ? Files.readAllBytes(file) : new byte[0], Files.size(file), size[0], size[1]);
    }

    /** @return width and height, from the frame header */
    private static int[] size(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            int marker = in.readUnsignedShort();
            if (marker == START) {
                for (marker = in.readUnsignedShort(); marker != SCAN; marker = in.readUnsignedShort()) {
                    int length = in.readUnsignedShort() - Short.BYTES;
                    if (marker >= FIRST_FRAME && marker <= LAST_FRAME && marker != HUFFMAN_TABLES) {
                        in.readUnsignedByte();
                        int height = in.readUnsignedShort();
                        return new int[] {in.readUnsignedShort(), height};
                    }
                    in.skipNBytes(length);
                }
            }
        } catch (java.io.EOFException e) {
            throw new FootageUnusableException("the frame cannot be decoded");
        }
        throw new FootageUnusableException("the frame cannot be decoded");
    }

    byte[] content() {
        return content.clone();
    }

    /** @return size of the file */
    long bytes() {
        return bytes;
    }

    /** @return in pixels */
    int width() {
        return width;
    }

    /** @return in pixels */
    int height() {
        return height;
    }
}

package routes.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads the H.264 NAL units of samples, each preceded by its length (ISO 14496-15). */
public final class NalUnits {
    private static final int LENGTH = 4;
    private static final int TYPE = 31;
    /** {@code nal_ref_idc}: 0 if no other picture refers to this one. */
    private static final int REFERENCE = 3 << 5;

    private static final int IDR = 5;
    private static final int SEQUENCE_SET = 7;
    private static final int PICTURE_SET = 8;

    private final FileChannel channel;
    private final AvcConfig config;
    private final ByteBuffer head = ByteBuffer.allocate(LENGTH + 1);

    /** @param config of the samples' track */
    public NalUnits(FileChannel channel, AvcConfig config) {
        this.channel = channel;
        this.config = config;
    }

    /**
     * @return whether a sample is an IDR picture: no later picture refers to one before it
     * @throws MalformedMp4Exception if it is not a picture, its units do not fill it, or it contains a parameter set
     *     that its track does not have
     */
    public boolean readIdrFlag(ByteRange sample) throws IOException, MalformedMp4Exception {
        boolean picture = false;
        boolean idr = false;
        long at = sample.from();
        while (at < sample.to()) {
            int length = readHead(at, sample.to());
            int type = head.get(LENGTH) & TYPE;
            picture |= type >= 1 && type <= IDR;
            idr |= type == IDR;
            if (type == SEQUENCE_SET || type == PICTURE_SET) {
                ensureKnown(at + LENGTH, length);
            }
            at += LENGTH + length;
        }
        if (!picture) {
            throw new MalformedMp4Exception("a sample holds no picture");
        }
        return idr;
    }

    /**
     * @return whether other pictures may refer to the sample's picture; others decode the same without a picture that
     *     is no reference
     * @throws MalformedMp4Exception if it is not a picture
     */
    public boolean readReferenceFlag(ByteRange sample) throws IOException, MalformedMp4Exception {
        long at = sample.from();
        while (at < sample.to()) {
            int length = readHead(at, sample.to());
            int type = head.get(LENGTH) & TYPE;
            if (type >= 1 && type <= IDR) {
                return (head.get(LENGTH) & REFERENCE) != 0;
            }
            at += LENGTH + length;
        }
        throw new MalformedMp4Exception("a sample holds no picture");
    }

    private int readHead(long at, long end) throws IOException, MalformedMp4Exception {
        head.clear();
        while (head.hasRemaining()) {
            if (channel.read(head, at + head.position()) < 0) {
                throw new MalformedMp4Exception("a sample is beyond the end of the file");
            }
        }
        long length = Integer.toUnsignedLong(head.getInt(0));
        if (length == 0 || length > end - at - LENGTH) {
            throw new MalformedMp4Exception("the units of a sample do not fill it");
        }
        return (int) length;
    }

    private void ensureKnown(long at, int length) throws IOException, MalformedMp4Exception {
        byte[] set = new byte[Math.min(length, 1 << 16)];
        if (channel.read(ByteBuffer.wrap(set), at) < set.length || !config.holds(set)) {
            throw new MalformedMp4Exception("a sample brings a parameter set of its own");
        }
    }
}

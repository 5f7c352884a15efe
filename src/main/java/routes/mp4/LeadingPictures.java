package routes.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Pictures that are decoded after a keyframe and shown before it. Most refer to pictures before that keyframe. */
public final class LeadingPictures {
    /** RADL_N and RADL_R of HEVC: they refer to the keyframe and to each other only. */
    private static final int FIRST_DECODABLE = 6;

    private static final int LAST_DECODABLE = 7;
    private static final int LAST_SLICE = 31;
    private static final int HEAD_BYTES = 1;

    private LeadingPictures() {}

    /**
     * @param index of a leading picture
     * @return whether it can be decoded from its keyframe on
     */
    public static boolean isDecodable(FileChannel file, Track track, int index) throws IOException {
        int lengthBytes = lengthBytes(track);
        ByteRange sample = track.samples().range(index);
        for (long at = sample.from(); lengthBytes > 0 && at + lengthBytes < sample.to(); ) {
            ByteBuffer head = ByteBuffer.allocate(lengthBytes + HEAD_BYTES);
            while (head.hasRemaining()) {
                if (file.read(head, at + head.position()) < 0) {
                    return false;
                }
            }
            int type = head.get(lengthBytes) >> 1 & 63;
            if (type <= LAST_SLICE) {
                return type >= FIRST_DECODABLE && type <= LAST_DECODABLE;
            }
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | Byte.toUnsignedInt(head.get(i));
            }
            at += lengthBytes + Math.max(1, length);
        }
        return false;
    }

    /** @return bytes of a NAL unit's length; 0 if the track is not HEVC */
    private static int lengthBytes(Track track) {
        try {
            return track.entry().hevcLengthBytes().orElse(0);
        } catch (MalformedMp4Exception e) {
            return 0;
        }
    }
}

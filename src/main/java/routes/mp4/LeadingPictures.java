package routes.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Pictures that are decoded after a keyframe and shown before it. Most refer to pictures before that keyframe. */
public final class LeadingPictures {
    /** RADL_N and RADL_R of HEVC: they refer to the keyframe and to each other only. */
    private static final int FIRST_DECODABLE = 6;

    private static final int LAST_DECODABLE = 7;

    private LeadingPictures() {}

    /**
     * @param index of a leading picture
     * @return whether it can be decoded from its keyframe on
     */
    public static boolean isDecodable(FileChannel file, Track track, int index) throws IOException {
        try {
            Optional<Integer> lengthBytes = track.entry().hevcLengthBytes();
            if (lengthBytes.isEmpty()) {
                return false;
            }
            int type = HevcSlices.firstType(file, track.samples().range(index), lengthBytes.get())
                    .orElse(0);
            return type >= FIRST_DECODABLE && type <= LAST_DECODABLE;
        } catch (MalformedMp4Exception e) {
            return false;
        }
    }
}

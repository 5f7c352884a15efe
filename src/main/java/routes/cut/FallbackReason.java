package routes.cut;

/** Why more of a clip than its boundaries was encoded. */
public enum FallbackReason {
    /** A segment is within one group of pictures. */
    NO_KEYFRAME,
    /** No keyframe of a segment is an IDR picture. */
    OPEN_GOP,
    /** Not H.264, or an H.264 configuration that cannot be copied. */
    CODEC,
    /** The decoder configuration or the keyframes of a recording cannot be read. */
    DAMAGED,
    /** The stream is not progressive: pictures may be fields. */
    INTERLACED,
    /** Not 8-bit 4:2:0, or HDR that was encoded with 8 bits. */
    PIXELS,
    /** The recordings differ in size, pixel aspect ratio, rotation, timescale or parameter sets. */
    DIFFERENT_RECORDINGS,
    /**
     * Only the sound is encoded: it is not AAC, it differs between recordings, its frames are too long to shift at a
     * boundary, or no silent frame is known for it.
     */
    SOUND,
    /** The muxed clip failed verification. */
    VERIFICATION
}

package routes.cut;

/** Why more of a clip was encoded than its edges. */
public enum FallbackReason {
    /** A segment lies within one group of pictures. */
    NO_KEYFRAME,
    /** The keyframes of a segment are no IDR pictures. */
    OPEN_GOP,
    /** Not H.264, or in a form that cannot be copied. */
    CODEC,
    /** A recording's configuration, or its keyframes, cannot be read. */
    DAMAGED,
    /** Pictures may consist of fields. */
    INTERLACED,
    /** Not 8 bits and 4:2:0. */
    PIXELS,
    /** The recordings differ in size, in how they are turned, in timescale or parameter sets. */
    DIFFERENT_RECORDINGS,
    /** Of the sound only: the recordings differ in it, it is not AAC, or no border or hole can be hidden in it. */
    SOUND,
    /** What was cut did not pass the check. */
    VERIFICATION
}

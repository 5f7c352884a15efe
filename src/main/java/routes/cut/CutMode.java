package routes.cut;

/** How much of a clip is encoded, in ascending order. */
public enum CutMode {
    /** Every frame is copied. */
    COPY,
    /** Only the frames before a segment's first IDR picture and after its last usable reference are encoded. */
    BOUNDARIES,
    /** At least one segment is encoded completely, but not the whole clip. */
    SEGMENT,
    /** The whole clip is encoded. */
    FULL
}

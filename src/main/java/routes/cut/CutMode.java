package routes.cut;

/** How much of a clip had to be encoded, from nothing to all of it. */
public enum CutMode {
    /** Every frame is copied. */
    COPY,
    /** All but the few frames before the first IDR picture of a segment, and after its last usable reference. */
    BOUNDARIES,
    /** At least one segment is encoded, the others are not. */
    SEGMENT,
    /** The whole clip is encoded. */
    FULL
}

package routes.cut;

/** How much of a clip had to be encoded, from nothing to all of it. */
public enum CutMode {
    /** Every frame is copied. */
    COPY,
    /** All but the few frames before the first IDR picture of a piece, and after its last usable reference. */
    EDGES,
    /** At least one piece is encoded, the others are not. */
    PIECE,
    /** The whole clip is encoded. */
    WHOLE
}

package routes.failure;

/** The scratch space has no room for this job now. Another job's end, or another worker, makes room. */
public final class ScratchFullException extends TransientException {
    public ScratchFullException(String message) {
        super(message, "the scratch space was full");
    }
}

package routes.failure;

/** There is no room for the files of this job now; another job's end, or another worker, makes some. */
public final class ScratchFullException extends TransientException {
    public ScratchFullException(String message) {
        super(message);
    }
}

package routes.failure;

/** The camera API could not take a document now. */
public final class CameraApiUnavailableException extends TransientException {
    public CameraApiUnavailableException(int status) {
        super("the camera API answered " + status);
    }
}

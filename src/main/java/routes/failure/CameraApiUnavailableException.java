package routes.failure;

/** The camera API could not take an announcement now. */
public final class CameraApiUnavailableException extends RuntimeException {
    public CameraApiUnavailableException(int status) {
        super("the camera API answered " + status);
    }
}

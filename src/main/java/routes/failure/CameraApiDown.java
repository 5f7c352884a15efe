package routes.failure;

/** The camera API could not take an announcement now. */
public final class CameraApiDown extends RuntimeException {
    public CameraApiDown(int status) {
        super("the camera API answered " + status);
    }
}

package routes.support;

/** A request that the local MediaConvert refuses. */
final class MediaConvertFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final MediaConvertFault fault;

    MediaConvertFaultException(MediaConvertFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    MediaConvertFault fault() {
        return fault;
    }
}

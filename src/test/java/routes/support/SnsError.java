package routes.support;

/** An error response of SNS: HTTP status, AWS error code, message. */
final class SnsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    SnsError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static SnsError invalid(String what) {
        return new SnsError(400, "InvalidParameter", "Invalid parameter: " + what);
    }

    static SnsError notFound(String what) {
        return new SnsError(404, "NotFound", what + " does not exist");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}

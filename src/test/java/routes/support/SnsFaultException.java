package routes.support;

/** An error response of SNS: HTTP status, AWS error code, message. */
final class SnsFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    SnsFaultException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static SnsFaultException invalid(String what) {
        return new SnsFaultException(400, "InvalidParameter", "Invalid parameter: " + what);
    }

    static SnsFaultException notFound(String what) {
        return new SnsFaultException(404, "NotFound", what + " does not exist");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}

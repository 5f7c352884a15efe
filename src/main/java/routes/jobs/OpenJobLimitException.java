package routes.jobs;

/** A client has as many open jobs as it may have. */
final class OpenJobLimitException extends RuntimeException {
    OpenJobLimitException(String client, Throwable cause) {
        super(client + " has the maximum of open jobs", cause);
    }
}

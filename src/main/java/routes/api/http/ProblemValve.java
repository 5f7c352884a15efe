package routes.api.http;

import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.res.StringManager;

/** Writes the errors of the server itself as problems: those of requests that reach no filter. */
final class ProblemValve extends ErrorReportValve {
    private static final String TOO_LONG =
            StringManager.getManager(Http11InputBuffer.class).getString("iib.requestheadertoolarge.error");

    private final ProblemWriter problems;
    private final int longest;

    /** @param longest request line and headers together, in bytes */
    ProblemValve(ProblemWriter problems, int longest) {
        this.problems = problems;
        this.longest = longest;
    }

    @Override
    protected void report(Request request, Response response, Throwable cause) {
        AtomicBoolean isOpen = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, isOpen);
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()
                || !isOpen.get()) {
            return;
        }
        Problem problem = problem(request, response.getStatus());
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        try {
            Optional<Writer> writer = Optional.ofNullable(response.getReporter());
            if (writer.isPresent()) {
                writer.get().write(problems.text(problem));
                response.finishResponse();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Problem problem(Request request, int status) {
        return switch (status) {
            case 400 -> badRequest(request.getCoyoteRequest());
            case 501 -> Problem.of(status, "the method or the transfer coding is not known");
            case 505 -> Problem.of(status, "the version must be HTTP/1.1 or HTTP/1.0");
            default -> Problem.of(status, null);
        };
    }

    /** @param request parsed up to its fault */
    private Problem badRequest(org.apache.coyote.Request request) {
        boolean isTooLong =
                request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof IllegalArgumentException e
                        && TOO_LONG.equals(e.getMessage());
        if (!isTooLong) {
            return Problem.of(400, "the request line or a header is malformed, or has characters that are not allowed");
        }
        String most = "the request line and the headers must be at most " + longest + " bytes long together";
        return Problem.of(request.requestURI().isNull() ? 414 : 431, most);
    }
}

package routes.api.events;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Streams the changes of jobs as Server-Sent Events. It is no route, whose threads the listeners would hold.
 * See docs/decisions/0034.
 */
class JobEventServlet extends HttpServlet {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final String MEDIA_TYPE = "text/event-stream;charset=UTF-8";
    private static final String RETRY_AFTER_SECONDS = "5";

    private final transient JobEventHub hub;
    private final transient Clock clock;

    JobEventServlet(JobEventHub hub, Clock clock) {
        this.hub = hub;
        this.clock = clock;
    }

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) {
        response.setContentType(MEDIA_TYPE);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!hub.isOpen()) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        response.setContentType(MEDIA_TYPE);
        // nginx would buffer the stream
        response.setHeader("X-Accel-Buffering", "no");
        ServletOutputStream out = response.getOutputStream();
        AsyncContext async = request.startAsync();
        // the stream ends itself
        async.setTimeout(0);
        Instant now = clock.instant();
        EventStream stream = new EventStream(async, out, end(now), new EventId(now, 0), hub::remove);
        async.addListener(stream);
        out.setWriteListener(stream);
        hub.add(stream, since(request.getHeader("Last-Event-ID"), now, stream));
    }

    /** @return when the token expires, or the longest time is over */
    private static Instant end(Instant now) {
        Instant latest = now.plus(LONGEST);
        Instant tokenEnd =
                SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token
                        ? token.getToken().getExpiresAt()
                        : null;
        return tokenEnd != null && tokenEnd.isBefore(latest) ? tokenEnd : latest;
    }

    /** @return the position of the listener; it reads the list again if that is unknown or too old */
    private static Instant since(String lastEventId, Instant now, EventStream stream) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return now;
        }
        Instant position = EventId.parse(lastEventId).orElse(Instant.MIN);
        if (position.isBefore(now.minus(JobEventReader.LONGEST_AWAY))) {
            stream.offerReset();
            return now;
        }
        return position.isAfter(now) ? now : position;
    }
}

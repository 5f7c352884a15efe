package routes.api.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Problems for errors outside the routes: an unknown path, a full request queue, a failed response. */
@RestController
@RestControllerAdvice
@Order(ErrorResponses.BEFORE_THOSE_OF_SPRING)
class ErrorResponses implements ErrorController {
    static final int BEFORE_THOSE_OF_SPRING = -1;

    @RequestMapping("/error")
    ResponseEntity<Problem> error(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return answer(status instanceof Integer known ? known : 404, null, null);
    }

    @ExceptionHandler(RejectedExecutionException.class)
    ResponseEntity<Problem> busy() {
        return answer(503, "too many requests are queued", "1");
    }

    @ExceptionHandler(NoResourceFoundException.class)
    ResponseEntity<Problem> unknownPath() {
        return answer(404, "there is no such path", null);
    }

    private static ResponseEntity<Problem> answer(int status, String detail, String retryAfter) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (retryAfter != null) {
            answer.header("Retry-After", retryAfter);
        }
        return answer.body(Problem.of(status, detail));
    }
}

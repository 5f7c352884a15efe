package routes.failure;

import java.time.Duration;
import java.util.List;

/** An {@code Idempotency-Key} was used before for another request. */
public final class IdempotencyConflictException extends ClientErrorException {
    private static final Duration SOON = Duration.ofSeconds(1);

    private IdempotencyConflictException(int status, String detail, Duration retryAfter) {
        super(status, detail, List.of(), retryAfter);
    }

    public static IdempotencyConflictException otherRequest() {
        return new IdempotencyConflictException(422, "the Idempotency-Key was used for another request", null);
    }

    public static IdempotencyConflictException inProgress() {
        return new IdempotencyConflictException(409, "the Idempotency-Key is in use now", SOON);
    }
}

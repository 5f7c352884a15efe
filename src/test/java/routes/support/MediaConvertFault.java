package routes.support;

import java.util.stream.Stream;

/** An error response of the local MediaConvert. */
enum MediaConvertFault {
    BAD_REQUEST(400, "BadRequestException"),
    SERVICE_QUOTA_EXCEEDED(402, "ServiceQuotaExceededException"),
    FORBIDDEN(403, "ForbiddenException"),
    NOT_FOUND(404, "NotFoundException"),
    CONFLICT(409, "ConflictException"),
    TOO_MANY_REQUESTS(429, "TooManyRequestsException"),
    INTERNAL_SERVER_ERROR(500, "InternalServerErrorException");

    private final int status;
    private final String type;

    MediaConvertFault(int status, String type) {
        this.status = status;
        this.type = type;
    }

    /** @throws IllegalArgumentException if MediaConvert has no such status */
    static MediaConvertFault of(int status) {
        return Stream.of(values())
                .filter(fault -> fault.status == status)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault has the status " + status));
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }
}

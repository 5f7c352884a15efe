package routes.failure;

import java.util.List;

/** A request that can be read but never fulfilled; a job of it ends with this reason. */
public final class InvalidRequestException extends ClientErrorException {
    public InvalidRequestException(InvalidField field) {
        super(422, field.text(), List.of(field));
    }
}

package routes.failure;

import java.util.List;

/** A well-formed request that is impossible; its job fails with this reason. */
public final class InvalidRequestException extends ClientErrorException {
    public InvalidRequestException(InvalidField field) {
        super(422, field.text(), List.of(field));
    }
}

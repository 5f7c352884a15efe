package routes.snapshot;

import routes.failure.PermanentException;

/** AWS refused a request of the service for its credentials. */
public final class SnapshotForbiddenException extends PermanentException {
    SnapshotForbiddenException() {
        super("the service has no permission for the stream or the storage");
    }
}

package routes.failure;

/** Objects of a job could not be removed. */
public final class ObjectsLeftException extends TransientException {
    /** @param code of the first failure, as S3 names it */
    public ObjectsLeftException(String prefix, int objects, String code) {
        super(
                objects + " objects below " + prefix + " could not be removed: " + code,
                "its objects could not be removed");
    }
}

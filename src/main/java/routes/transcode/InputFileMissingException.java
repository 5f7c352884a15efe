package routes.transcode;

import routes.failure.PermanentException;

/** The object to be transcoded does not exist, or was replaced after it was uploaded. */
final class InputFileMissingException extends PermanentException {
    private InputFileMissingException(String reason) {
        super(reason);
    }

    static InputFileMissingException removed() {
        return new InputFileMissingException("the input file does not exist");
    }

    /** The upload that replaced it has a job of its own. */
    static InputFileMissingException replaced() {
        return new InputFileMissingException("the input file was replaced after it was uploaded");
    }
}

package routes.transcode.mediaconvert;

import routes.failure.PermanentException;

/** MediaConvert could not make a stream. */
public final class ConversionFailedException extends PermanentException {
    private final String code;

    /**
     * @param message for the log
     * @param publicReason without names of accounts, buckets, roles and hosts
     * @param code of MediaConvert; null if there is none
     */
    ConversionFailedException(String message, String publicReason, String code) {
        super(message, publicReason);
        this.code = code;
    }

    /** @return of MediaConvert, as it gave it; null if there is none */
    public String code() {
        return code;
    }
}

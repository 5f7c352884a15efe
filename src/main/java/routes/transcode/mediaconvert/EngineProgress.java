package routes.transcode.mediaconvert;

/** The progress of a job of MediaConvert, in percent. */
final class EngineProgress {
    /** 100 is the job's own end, after its key file. */
    private static final int MOST = 99;

    private static final int PROBING = 5;
    private static final int TRANSCODING = 85;
    private static final int UPLOADING = 9;
    private static final double WHOLE = 100.0;

    private EngineProgress() {}

    /** @param percent of the whole job */
    static int ofJob(int percent) {
        return Math.max(0, Math.min(percent, MOST));
    }

    /** Each parameter is the percentage of one phase. */
    static int ofPhases(int probing, int transcoding, int uploading) {
        double parts = PROBING * part(probing) + TRANSCODING * part(transcoding) + UPLOADING * part(uploading);
        return ofJob((int) Math.floor(parts + 1e-9));
    }

    private static double part(int percent) {
        return Math.max(0, Math.min(percent, WHOLE)) / WHOLE;
    }
}

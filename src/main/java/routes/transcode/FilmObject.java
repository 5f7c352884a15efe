package routes.transcode;

/**
 * A film in the bucket of uploads.
 *
 * @param eTag of the object that is fetched, as S3 gave it
 * @param versionId null if the bucket keeps no versions
 * @param bytes of the whole object
 */
record FilmObject(String key, String eTag, String versionId, long bytes) {
    /** For the first segments, until they are stored. A program that needs more reserves it as it writes. */
    private static final long SEGMENTS = 64L * 1024 * 1024;

    /** @return bytes of scratch space to reserve */
    public long room() {
        return bytes + SEGMENTS;
    }
}

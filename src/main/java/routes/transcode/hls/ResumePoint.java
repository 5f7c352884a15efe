package routes.transcode.hls;

/**
 * Where a conversion goes on.
 *
 * @param number of the first segment that is written; all renditions have those before it
 * @param time at which it starts, in microseconds from the film's start
 */
record ResumePoint(int number, long time) {
    static final ResumePoint BEGINNING = new ResumePoint(0, 0);

    /** @return whether a segment before it is written again, to be thrown away */
    boolean hasWarmUp() {
        return number > 0;
    }

    /** @return number of the first file that ffmpeg writes */
    int firstFile() {
        return hasWarmUp() ? number - 1 : 0;
    }
}

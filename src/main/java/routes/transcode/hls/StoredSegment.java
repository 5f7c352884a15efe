package routes.transcode.hls;

/**
 * A stored segment of a rendition.
 *
 * @param number from 0
 * @param micros duration in microseconds
 * @param bytes encrypted
 */
record StoredSegment(int number, long micros, long bytes) {
    String fileName(StreamPlan plan) {
        return OutputPath.segmentName(number, micros, plan.extension());
    }
}

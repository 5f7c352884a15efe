package routes.mp4;

/**
 * Consecutive samples of one track in the written file.
 *
 * @param track its index
 * @param from index of the first sample
 * @param to index after the last sample
 * @param offset in bytes, from the first chunk
 */
record Chunk(int track, int from, int to, long offset, long bytes) {
    int count() {
        return to - from;
    }
}

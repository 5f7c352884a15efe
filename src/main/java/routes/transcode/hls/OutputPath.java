package routes.transcode.hls;

import java.util.Locale;

/**
 * The objects of one run of a job.
 *
 * @param prefix of their keys, with a slash at its end
 */
public record OutputPath(String prefix) {
    /** Prefix of all streams. */
    public static final String STREAMS = "transcodes/";
    /** File name of the initialization segment of a rendition. */
    static final String INIT = "init.mp4";
    /** File name of the media playlist of a rendition. */
    static final String INDEX = "index.m3u8";

    /** @param run of the job: a process that continues a run uses its prefix again, an explicit retry has a new one */
    public static OutputPath of(String jobId, int run) {
        return new OutputPath(STREAMS + jobId + "/" + run + "/");
    }

    public String master() {
        return prefix + "master.m3u8";
    }

    /** @return key of the content key's file, which is stored last */
    public String keyFile() {
        return prefix + "key.key";
    }

    public String info() {
        return prefix + "info.json";
    }

    /** @return key of a file of a rendition; with an empty file name the key prefix of all of them */
    public String file(String rendition, String fileName) {
        return prefix + rendition + "/" + fileName;
    }

    String index(String rendition) {
        return file(rendition, INDEX);
    }

    String init(String rendition) {
        return file(rendition, INIT);
    }

    /**
     * The name has the duration, so that a listing is all that a later attempt needs.
     *
     * @param number from 0
     * @param micros duration in microseconds
     * @param extension without a dot
     */
    static String segmentName(int number, long micros, String extension) {
        return String.format(Locale.ROOT, "%05d-%d.%s", number, micros, extension);
    }
}

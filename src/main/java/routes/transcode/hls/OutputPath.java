package routes.transcode.hls;

import java.util.Locale;

/**
 * The objects of one run of a job.
 *
 * @param prefix of their keys, with a slash at its end
 * @param playlist name of the master playlist, without its extension
 * @param key name of the key file, without its extension
 */
public record OutputPath(String prefix, String playlist, String key) {
    /** Prefix of all streams. */
    public static final String STREAMS = "transcodes/";
    /** File name of the initialization segment of a rendition. */
    static final String INIT = "init.mp4";
    /** File name of the media playlist of a rendition. */
    static final String INDEX = "index.m3u8";

    private static final String TIME = "_\\d{14}/$";

    /** With the names of files that streams have by default. */
    public OutputPath(String prefix) {
        this(prefix, "master", "key");
    }

    /** @param run of the job: a process that continues a run uses its prefix again, an explicit retry has a new one */
    public static OutputPath of(String jobId, int run) {
        return new OutputPath(STREAMS + jobId + "/" + run + "/");
    }

    /**
     * @param prefix as in the earlier system: the name of the film, '_', a time of 14 digits, '/'
     * @return with names of files that are that of the film
     */
    public static OutputPath ofEarlier(String prefix) {
        String film = prefix.replaceFirst(TIME, "");
        String name = film.substring(film.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        return new OutputPath(prefix, base, base);
    }

    /** @return what the keys of all playlists and segments of MediaConvert begin with */
    public String base() {
        return prefix + playlist;
    }

    public String master() {
        return base() + ".m3u8";
    }

    /** @return file name of the content key's file */
    public String keyName() {
        return key + ".key";
    }

    /** @return key of the content key's file, which is stored last */
    public String keyFile() {
        return prefix + keyName();
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

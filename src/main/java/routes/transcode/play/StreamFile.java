package routes.transcode.play;

import java.util.regex.Pattern;
import routes.failure.ClientErrorException;
import routes.transcode.hls.OutputPath;

/** Names in the paths of a stream, checked before they become part of a key. */
final class StreamFile {
    private static final Pattern RENDITION = Pattern.compile("[a-z0-9]{1,16}");
    private static final Pattern FILE = Pattern.compile("\\d{5,9}-\\d{1,12}\\.(m4s|ts)|init\\.mp4|index\\.m3u8");

    private StreamFile() {}

    /**
     * @return key of the object
     * @throws ClientErrorException with 404 if no stream has such a name
     */
    static String key(OutputPath output, String rendition, String file) {
        if (!RENDITION.matcher(rendition).matches() || !FILE.matcher(file).matches()) {
            throw ClientErrorException.notFound("a stream has no such file");
        }
        return output.file(rendition, file);
    }
}

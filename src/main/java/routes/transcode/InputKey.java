package routes.transcode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import routes.transcode.hls.OutputPath;

/** Rules for the object keys of input files. */
final class InputKey {
    static final String ALLOWED =
            "an object key of 1 to 1024 bytes, without control characters and without the segments '.' and '..'";
    private static final int LONGEST = 1024;
    private static final List<String> RELATIVE = List.of(".", "..");

    private InputKey() {}

    static boolean isValid(String key) {
        return key != null
                && !key.isEmpty()
                && key.getBytes(StandardCharsets.UTF_8).length <= LONGEST
                && key.codePoints().noneMatch(InputKey::isNoCharacter)
                && Stream.of(key.split("/", -1)).noneMatch(RELATIVE::contains);
    }

    /** Controls, and halves of characters, which have no form in UTF-8. */
    private static boolean isNoCharacter(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    /** @return whether the key is that of a stored stream, if both buckets are the same one */
    static boolean isOutput(String key) {
        return key.startsWith(OutputPath.STREAMS);
    }
}

package routes.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Collectors;

/** Searches the marks of encrypted samples (ISO 23001-7) in a header that cannot be parsed otherwise. */
public final class EncryptionLabel {
    private static final Set<Integer> LABELS = Set.of("encv", "enca", "sinf", "pssh").stream()
            .map(name ->
                    ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt())
            .collect(Collectors.toUnmodifiableSet());

    private EncryptionLabel() {}

    /** @return whether a mark occurs anywhere in the header of the file */
    public static boolean read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = Movie.find(channel).load(channel).body();
            for (int at = 0; at <= header.limit() - Integer.BYTES; at++) {
                if (LABELS.contains(header.getInt(at))) {
                    return true;
                }
            }
            return false;
        } catch (MalformedMp4Exception e) {
            // no header, no mark
            return false;
        }
    }
}

package routes.transcode.play;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Looks for secrets in all forms in which they could be written. */
final class SecretText {
    /** Lower-case texts, and bytes as Latin-1. */
    private final List<String> forms = new ArrayList<>();

    /** @param secret bytes of a key */
    void add(byte[] secret) {
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(secret);
        // the last letters depend on what follows
        String most = base64.substring(0, base64.length() - 2);
        forms.add(new String(secret, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
        forms.add(HexFormat.of().formatHex(secret));
        forms.add(most.toLowerCase(Locale.ROOT));
        forms.add(most.replace('+', '-').replace('/', '_').toLowerCase(Locale.ROOT));
        forms.add(Arrays.toString(secret));
    }

    /** @param secret of letters, digits and signs that are never encoded */
    void add(String secret) {
        forms.add(secret.toLowerCase(Locale.ROOT));
    }

    int size() {
        return forms.size();
    }

    /** @return whether one of the secrets is in the text */
    boolean isIn(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return forms.stream().anyMatch(lower::contains);
    }

    boolean isIn(byte[] content) {
        return isIn(new String(content, StandardCharsets.ISO_8859_1));
    }
}

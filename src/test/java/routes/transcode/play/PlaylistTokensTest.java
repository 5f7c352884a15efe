package routes.transcode.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.support.TestSettings;

/** Tokens of grants: read again as they were signed, and no others. */
class PlaylistTokensTest {
    private static final PlaylistGrant GRANT =
            new PlaylistGrant("a.job-1", 2, Duration.ofMillis(12_345), Instant.parse("2026-11-28T10:00:00Z"));

    private final PlaylistTokens tokens = tokens("0123456789abcdef0123456789abcdef");

    private static PlaylistTokens tokens(String secret) {
        return new PlaylistTokens(TestSettings.with(Map.of("PLAYLIST_SECRET", secret)));
    }

    @Test
    void aTokenHoldsItsGrantAndFitsIntoAUrl() {
        assertThat(tokens.sign(GRANT)).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
        assertThat(tokens.read(tokens.sign(GRANT))).contains(GRANT);
    }

    @Test
    void processesWithTheSameSecretReadEachOthersTokens() {
        assertThat(tokens("0123456789abcdef0123456789abcdef").read(tokens.sign(GRANT)))
                .contains(GRANT);
        assertThat(tokens("another secret of 32 characters.").read(tokens.sign(GRANT)))
                .isEmpty();
    }

    @Test
    void processesWithoutASecretHaveOneEach() {
        PlaylistTokens one = tokens("");

        assertThat(one.read(one.sign(GRANT))).contains(GRANT);
        assertThat(tokens("").read(one.sign(GRANT))).isEmpty();
    }

    @Test
    void everyCharacterCounts() {
        String token = tokens.sign(GRANT);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.read(changed)).as("character %s", i).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a", "a.", ".a", "a.b.c", "é.%00", "====.===="})
    void otherTextIsNoToken(String text) {
        assertThat(tokens.read(text)).isEmpty();
    }

    @Test
    void aPayloadOfTheCallerIsNoToken() {
        String payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("9999999999.1.1.job".getBytes(StandardCharsets.UTF_8));

        assertThat(tokens.read(payload + ".")).isEmpty();
        assertThat(tokens.read(payload
                        + tokens.sign(GRANT).substring(tokens.sign(GRANT).indexOf('.'))))
                .isEmpty();
    }
}

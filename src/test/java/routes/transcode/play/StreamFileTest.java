package routes.transcode.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.UriUtils;
import routes.failure.ClientErrorException;
import routes.transcode.hls.OutputPath;

/** Names of stored files, and the paths by which players ask for them. */
class StreamFileTest {
    private static final OutputPath OUTPUT = OutputPath.of("job", 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "master_full.m3u8",
                "a film.ts",
                "a+b.key",
                "100%.ts",
                "a%2Fb.ts",
                "a;b.ts",
                "a\\b.ts",
                "~Zm9v.ts",
                "~.ts",
                "фильм.ts"
            })
    void aLinkLeadsToTheFile(String name) {
        String link = StreamFile.link(UriUtils.encodePathSegment(name, StandardCharsets.UTF_8));

        assertThat(link).doesNotContain("%25", "%3B", "%5C", ";", "\\");
        assertThat(StreamFile.key(OUTPUT, link)).isEqualTo(OUTPUT.prefix() + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other/key.key", "a/b.ts", "a\tb.ts", "info.json"})
    void aNameInBase64IsCheckedLikeOthers(String name) {
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> StreamFile.key(OUTPUT, "~" + encoded + ".ts"))
                .isInstanceOf(ClientErrorException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~a.ts", "%zz.ts", "%2Fa.ts"})
    void aMalformedNameIsNotFound(String file) {
        assertThatThrownBy(() -> StreamFile.key(OUTPUT, file)).isInstanceOf(ClientErrorException.class);
    }
}

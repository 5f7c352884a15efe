package routes.transcode.play;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every URI of a playlist is replaced, and nothing else. */
class PlaylistTextTest {
    @Test
    void theUrisOfLinesAndAttributesAreReplaced() {
        String stored =
                """
                #EXTM3U
                #EXT-X-KEY:METHOD=AES-128,URI="../key.key",IV=0x00
                #EXT-X-MAP:URI="init.mp4"
                #EXTINF:6.000000,

                00000-6000000.m4s
                #EXT-X-ENDLIST
                """;

        assertThat(PlaylistText.replaced(stored, uri -> "<" + uri + "?a=$1>"))
                .isEqualTo(
                        """
                        #EXTM3U
                        #EXT-X-KEY:METHOD=AES-128,URI="<../key.key?a=$1>",IV=0x00
                        #EXT-X-MAP:URI="<init.mp4?a=$1>"
                        #EXTINF:6.000000,

                        <00000-6000000.m4s?a=$1>
                        #EXT-X-ENDLIST
                        """);
    }
}

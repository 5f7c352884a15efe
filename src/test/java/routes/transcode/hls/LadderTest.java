package routes.transcode.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sizes in which a film is encoded. */
class LadderTest {
    @ParameterizedTest(name = "{0}x{1}, {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1920 | 1080 | 1080 720 480 240 | 1080p 1920x1080, 720p 1280x720, 480p 852x480, 240p 426x240
                    3840 | 2160 | 1080 720 480 240 | 1080p 1920x1080, 720p 1280x720, 480p 852x480, 240p 426x240
                    1920 | 1088 | 1080 720 480 240 | 1080p 1904x1080, 720p 1270x720, 480p 846x480, 240p 422x240
                    1244 | 700  | 1080 720 480 240 | 700p 1244x700, 480p 852x480, 240p 426x240
                    1422 | 800  | 1080 720 480 240 | 720p 1278x720, 480p 852x480, 240p 426x240
                    1080 | 1920 | 1080 720 480 240 | 1080p 1080x1920, 720p 720x1280, 480p 480x852, 240p 240x426
                    1920 | 800  | 1080 720 480 240 | 1080p 1920x800, 720p 1280x532, 480p 852x354, 240p 426x176
                    640  | 480  | 1080 720 480 240 | 480p 640x480, 240p 320x240
                    160  | 120  | 1080 720 480 240 | 120p 160x120
                    853  | 479  | 1080 720 480 240 | 480p 852x478, 240p 426x238
                    852  | 478  | 1080 720 480 240 | 479p 852x478, 240p 426x238
                    1047.27 | 576 | 1080 720 480 240 | 589p 1046x576, 480p 852x468, 240p 426x234
                    1920 | 1080 | 1080 1000 720    | 1080p 1920x1080, 720p 1280x720
                    """)
    void aFilmIsNeverEnlarged(double width, double height, String heights, String expected) {
        List<Integer> ladder =
                Stream.of(heights.split(" ")).map(Integer::valueOf).toList();

        assertThat(Ladder.of(width, height, ladder).stream()
                        .map(rendition -> rendition.name() + " " + rendition.width() + "x" + rendition.height())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1080,6000000", "720,3000000", "480,1200000", "240,400000", "900,4500000"})
    void aHeightHasItsCap(int height, long cap) {
        assertThat(Ladder.of(height * 2, height * 9 / 8.0, List.of(height))
                        .get(0)
                        .cap())
                .isEqualTo(cap);
    }
}

package routes.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.support.TestSettings;

/** A recording's name in, its instant out, for each form of OLD_FILE_FORMAT. */
class RecordingNamesTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "%Y%m%dT%H%M%S, front.20180815T140019.mp4, 2018-08-15T14:00:19Z",
        "True, front.20180815T140019.mp4, 2018-08-15T14:00:19Z",
        "true, front.20180815T140019.mp4, 2018-08-15T14:00:19Z",
        "True, front.stream.20181031T025200051.mp4, 2018-10-31T02:52:00.051Z",
        "False, front.stream.20181031T025200051.mp4, 2018-10-31T02:52:00.051Z",
        "False, front.20180815T140019.mp4,",
        "yyyyMMddHHmmss, front.20180815140019.mp4, 2018-08-15T14:00:19Z",
    })
    void theInstantIsReadInTheFormatOfTheSetting(String oldFormat, String name, Instant start) {
        RecordingNames names = new RecordingNames(TestSettings.with(Map.of("OLD_FILE_FORMAT", oldFormat)));

        assertThat(names.start(name).orElse(null)).isEqualTo(start);
    }
}

package routes.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.failure.FootageUnusableException;
import routes.fetch.Recording;
import routes.settings.Settings;
import routes.support.TestSettings;

class CameraApiResponsesTest {
    private static final Instant START = Instant.parse("2026-11-20T18:00:00.250Z");

    private final Settings settings = TestSettings.defaults();
    private final CameraApiResponses responses =
            new CameraApiResponses(new ObjectMapper(), new RecordingNames(settings), settings);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"2026-11-20T18:00:00.250Z\"",
                "\"2026-11-20T18:00:00.250\"",
                "\"2026-11-20 18:00:00.250\"",
                "\"2026-11-20T18:00:00.250+0000\"",
                "\"2026-11-20T20:00:00.250+02:00\"",
                "\"2026-11-20T20:00:00.250+0200\"",
                "\"2026-11-20T20:00:00.250+02\"",
                "\"2026-11-20t18:00:00.250z\"",
                "1795197600250",
                "\"1795197600250\"",
            })
    void aDateMayHaveAnyUsualForm(String date) {
        List<Recording> listed = responses.recordings(
                "[{\"recordingUrl\":\"https://h/a.mp4\",\"startDate\":" + date + ",\"endDate\":null}]");

        assertThat(listed).containsExactly(new Recording("a.mp4", START, START.plus(Duration.ofMinutes(10))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://h/dir/a.mp4",
                "https://h/dir/a.mp4?X-Amz-Signature=b/c&x=1",
                "https://h/dir/a.mp4#t=1/2",
                "s3://bucket/a.mp4",
                "a.mp4",
            })
    void theNameOfARecordingIsTheLastPartOfItsPath(String url) {
        List<Recording> listed = responses.recordings(
                "[{\"recordingUrl\":\"" + url + "\",\"startDate\":1795197600250,\"endDate\":1795197600251}]");

        assertThat(listed).containsExactly(new Recording("a.mp4", START, START.plusMillis(1)));
    }

    @Test
    void entriesWithoutAUrlAreLeftOut() {
        List<Recording> listed = responses.recordings("[{\"startDate\":0},{\"recordingUrl\":null,\"startDate\":0},"
                + "{\"recordingUrl\":\"\",\"startDate\":\"nonsense\"},"
                + "{\"recordingUrl\":\"a.mp4\",\"startDate\":1795197600250,\"endDate\":1795197600251}]");

        assertThat(listed).extracting(Recording::key).containsExactly("a.mp4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"alias\":null}", "{\"alias\":\"\"}", "{\"alias\":\"a/b\"}"})
    void anAliasThatIsNoneIsReported(String camera) {
        assertThatThrownBy(() -> responses.alias(camera))
                .isInstanceOf(FootageUnusableException.class)
                .hasMessage("the camera API returned no valid alias");
    }

    @Test
    void aZoneThatIsNullIsAbsent() {
        assertThat(responses.zone("{\"timeZone\":null,\"zone\":\"Europe/Amsterdam\"}"))
                .isEqualTo("Europe/Amsterdam");
        assertThat(responses.zone("{\"timeZone\":null}")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"cameras/clips/{id}, cameras/clips/c", "clips/{id}, clips/c", "v2/{id}/status, v2/c/status"})
    void thePathOfAClipIsASetting(String pattern, String path) {
        Settings own = TestSettings.with(Map.of("CLIP_STATUS_PATH", pattern));

        assertThat(new ClipStatusPath(own).of("c")).isEqualTo(path);
    }
}

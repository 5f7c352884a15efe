package routes.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.clip.ClipRequest;

class DemoRequestTest {
    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    private static final Instant BORDER = NOW.minusSeconds(240);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "available, 2026-05-04T11:55:52.700Z, 20",
        "pending, 2026-05-04T12:00:20Z, 20",
        "not-available, 2026-05-04T09:00:00Z, 20",
        "out-of-range, 2026-04-30T12:00:00Z, 20",
        "too-long, 2026-05-04T09:00:00Z, 7201",
    })
    void eachNameHasItsInterval(String name, Instant start, int seconds) {
        ClipRequest request = DemoRequest.named(name, BORDER, NOW);

        assertThat(request.start()).isEqualTo(start);
        assertThat(request.end()).isEqualTo(start.plusSeconds(seconds));
    }

    @Test
    void aNameDeterminesTheExpectedOutcome() throws IOException {
        DemoRequest request = DemoRequest.of("not-available", BORDER, NOW);

        assertThat(request.outcome()).isEqualTo("CLIP_NOT_AVAILABLE");
        assertThat(request.clipIds()).containsExactly("demo-" + NOW.toEpochMilli());
        assertThat(request.message()).contains("\"clipId\":\"demo-" + NOW.toEpochMilli() + "\"");
    }

    @ParameterizedTest(name = "{0} ends with {1}, once: {2}")
    @CsvSource({
        "available, CLIP_AVAILABLE, true, true",
        "available, CLIP_PENDING, true, false",
        "too-long, CLIP_TOO_LONG, true, true",
        "file, CLIP_AVAILABLE, true, true",
        "file, CLIP_NOT_AVAILABLE, true, false",
        "file, CLIP_PENDING, true, false",
        "file, CLIP_NOT_AVAILABLE, false, true",
    })
    void aRunSucceedsWithTheOutcomeThatIsExpected(String choice, String outcome, boolean once, boolean success)
            throws IOException {
        String request = choice.equals("file") ? "src/test/resources/contracts/clip-request.json" : choice;

        assertThat(DemoRequest.of(request, BORDER, NOW).accepts(outcome, once)).isEqualTo(success);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip-request.json", "clip-request.lambda-event.json"})
    void aFileIsSentAsItIs(String name) throws IOException {
        Path file = Path.of("src/test/resources/contracts", name);

        DemoRequest request = DemoRequest.of(file.toString(), BORDER, NOW);

        assertThat(request).isEqualTo(new DemoRequest(List.of("1111111111111"), null, Files.readString(file)));
    }

    @Test
    void aChoiceThatIsNeitherANameNorAFileIsReported() {
        assertThatThrownBy(() -> DemoRequest.check("availabel"))
                .hasMessage("--request=availabel is neither a file nor among " + DemoRequest.NAMES);
    }

    @Test
    void aFileThatHoldsNoRequestIsRefusedWithTheReason() throws IOException {
        Path file = Files.writeString(folder.resolve("r.json"), "{'clipId':'c'}");

        assertThatThrownBy(() -> DemoRequest.of(file.toString(), BORDER, NOW))
                .hasMessageContaining("cameraId is missing");
    }
}

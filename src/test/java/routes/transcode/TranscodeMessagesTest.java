package routes.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.failure.MalformedMessageException;
import routes.support.TestSettings;

/** What a message of the transcode queue asks for. */
class TranscodeMessagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TranscodeMessages messages =
            new TranscodeMessages(TestSettings.with(Map.of("TRANSCODE_BUCKET", "example-bucket")));

    @Test
    void theContractsNotificationNamesItsFilm() throws Exception {
        String event = Files.readString(Path.of("src/test/resources/contracts/s3-object-created.json"));

        TranscodeRequest request = only(event);

        assertThat(request.inputFile()).isEqualTo("uploads/Big Buck Bunny.test.mp4");
        assertThat(request.engine()).isEqualTo("ffmpeg");
        assertThat(request.eTag()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
        assertThat(request.uploadedAt()).hasToString("2021-10-11T08:39:38.662Z");
        assertThat(request.jobId())
                .matches("[0-9a-f]{32}")
                .isEqualTo(only(event).jobId());
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "uploads/a+b.mp4, uploads/a b.mp4",
        "uploads/a%2Bb.mp4, uploads/a+b.mp4",
        "uploads/100%25.mp4, uploads/100%.mp4",
        "uploads/%D1%84%D0%B8%D0%BB%D1%8C%D0%BC.mp4, uploads/фильм.mp4",
        "uploads/%F0%9F%8E%AC.mp4, uploads/🎬.mp4",
    })
    void aNotificationHasAFormEncodedKey(String encoded, String key) {
        assertThat(only(notification(encoded, "1")).inputFile()).isEqualTo(key);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"uploads/a+b.mp4", "uploads/100%.mp4", "uploads/a%20b.mp4", "uploads/фильм.mp4"})
    void anEventOfEventBridgeHasThePlainKey(String key) {
        assertThat(only(eventBridge(key)).inputFile()).isEqualTo(key);
    }

    @Test
    void theSameUploadIsTheSameJobHoweverItIsReported() {
        assertThat(only(eventBridge("uploads/a b.mp4")).jobId())
                .isEqualTo(only(notification("uploads/a+b.mp4", "0055AED6DCD90281E5"))
                        .jobId());
    }

    @Test
    void anotherUploadIsAnotherJob() {
        String first = notification("a.mp4", "1");
        List<String> others = List.of(
                notification("a.mp4", "2"),
                notification("b.mp4", "1"),
                first.replace("\"eTag\":\"e\"", "\"eTag\":\"f\""),
                first.replace("\"eTag\":\"e\"", "\"eTag\":\"e\",\"versionId\":\"v\""));

        assertThat(others).allSatisfy(other -> assertThat(only(other).jobId())
                .isNotEqualTo(only(first).jobId()));
        assertThat(others.stream().map(other -> only(other).jobId())).doesNotHaveDuplicates();
    }

    @Test
    void severalRecordsBecomeRequestsOfTheirOwnAndAMalformedOneFailsAlone() throws Exception {
        String good = record("a.mp4", "1");
        String bad = record("b.mp4", "1").replace("example-bucket", "other-bucket");
        List<String> requests =
                messages.unwrap("{\"Records\":[" + good + "," + bad + "," + record("c.mp4", "1") + "]}");

        assertThat(requests).hasSize(3);
        assertThat(messages.read(requests.get(0)).inputFile()).isEqualTo("a.mp4");
        assertThat(messages.read(requests.get(2)).inputFile()).isEqualTo("c.mp4");
        assertThat(JSON.readTree(requests.get(1))).isEqualTo(JSON.readTree("{\"Records\":[" + bad + "]}"));
        assertThatThrownBy(() -> messages.unwrap(requests.get(1)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("bucket is other-bucket: it must be that of TRANSCODE_BUCKET");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Time\":\"2026-11-28T10:00:00Z\",\"Bucket\":\"example-bucket\"}",
                "notification of transcodes/job/1/info.json",
                "notification of uploads/folder/",
                "ObjectRemoved:Delete",
                "ObjectRestore:Completed",
                "Object Deleted",
            })
    void whatIsNoUploadIsIgnored(String text) {
        String message =
                switch (text.substring(0, text.lastIndexOf(' ') < 0 ? text.length() : text.lastIndexOf(' '))) {
                    case "notification of" ->
                        notification(text.substring("notification of ".length()), "1")
                                .replace(":7", ":0");
                    case "ObjectRemoved:Delete", "ObjectRestore:Completed" ->
                        notification("a.mp4", "1").replace("ObjectCreated:Put", text);
                    case "Object" -> eventBridge("a.mp4").replace("Object Created", text);
                    default -> text;
                };

        assertThat(messages.unwrap(message)).isEmpty();
    }

    @Test
    void aRequestIsReadAsItWasWritten() {
        TranscodeRequest request = only(notification("uploads/a+b.mp4", "1"));

        assertThat(messages.read(messages.write(request.identity(), request.message())))
                .isEqualTo(request);
        assertThat(messages.unwrap(messages.write(request.identity(), request.message())))
                .hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | is not a JSON object",
                "{\"Records\":[]} | Records is empty",
                "{} | jobId is missing",
                "{\"jobId\":\"../a\",\"inputFile\":\"a\",\"engine\":\"ffmpeg\"} | jobId",
                "{\"jobId\":\"a\",\"engine\":\"ffmpeg\"} | inputFile is missing",
                "{\"jobId\":\"a\",\"inputFile\":\"a/../b\",\"engine\":\"ffmpeg\"} | inputFile is \"a/../b\"",
                "{\"jobId\":\"a\",\"inputFile\":\"./b\",\"engine\":\"ffmpeg\"} | inputFile",
                "{\"jobId\":\"a\",\"inputFile\":\"a\\nb\",\"engine\":\"ffmpeg\"} | inputFile",
                "{\"jobId\":\"a\",\"inputFile\":\"transcodes/b\",\"engine\":\"ffmpeg\"} | inputFile",
                "{\"jobId\":\"a\",\"inputFile\":\"b\",\"engine\":\"vhs\"} | engine is \"vhs\": it must be ffmpeg",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\"}]} | Records[].s3.object.key is missing",
            })
    void whatIsNoRequestIsRefusedWithItsReason(String text, String reason) {
        assertThatThrownBy(() -> messages.unwrap(text).forEach(messages::read))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aKeyMayHave1024BytesAndNoMore() {
        assertThat(InputKey.isValid("ä".repeat(512))).isTrue();
        assertThat(InputKey.isValid("ä".repeat(512) + "a")).isFalse();
        assertThat(InputKey.isValid("...")).isTrue();
        assertThat(InputKey.isValid("a//b")).isTrue();
        assertThat(InputKey.isValid("a/.")).isFalse();
        assertThat(InputKey.isValid("\ud83c")).isFalse();
    }

    private TranscodeRequest only(String message) {
        List<String> requests = messages.unwrap(message);
        assertThat(requests).hasSize(1);
        return messages.read(requests.get(0));
    }

    private static String notification(String key, String sequencer) {
        return "{\"Records\":[" + record(key, sequencer) + "]}";
    }

    private static String record(String key, String sequencer) {
        return "{\"eventSource\":\"aws:s3\",\"eventTime\":\"2026-11-28T10:00:00.000Z\",\"eventName\":\"ObjectCreated:Put\","
                + "\"s3\":{\"bucket\":{\"name\":\"example-bucket\"},\"object\":{\"key\":\"" + key
                + "\",\"size\":7,\"eTag\":\"e\",\"sequencer\":\"" + sequencer + "\"}}}";
    }

    private static String eventBridge(String key) {
        return "{\"version\":\"0\",\"detail-type\":\"Object Created\",\"source\":\"aws.s3\",\"time\":\"2026-11-28T10:00:00Z\","
                + "\"detail\":{\"bucket\":{\"name\":\"example-bucket\"},\"object\":{\"key\":\"" + key
                + "\",\"size\":7,\"etag\":\"e\",\"sequencer\":\"0055AED6DCD90281E5\"},\"reason\":\"PutObject\"}}";
    }
}

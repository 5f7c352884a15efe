package routes.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.failure.MalformedMessageException;

class ClipMessagesTest {
    private static final ClipRequest REQUEST = new ClipRequest(
            "1111111111111",
            "1111111111111",
            Instant.ofEpochMilli(1537119363000L),
            Instant.ofEpochMilli(1537119423000L),
            List.of());

    private final ClipMessages messages = new ClipMessages();

    @ParameterizedTest
    @ValueSource(strings = {"clip-request.json", "clip-request.lambda-event.json"})
    void bothFormsOfTheContractAreTheSameRequest(String file) throws IOException {
        assertThat(messages.unwrap(contract(file))).singleElement().satisfies(body -> assertThat(messages.read(body))
                .isEqualTo(REQUEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'clipId':'c','cameraId':'k','startTimestampInMs':'1000','endTimestampInMs':'2000'}",
                "{'clipId':'c','cameraId':'k','startTimestampInMs':1000.0,'endTimestampInMs':2e3,'retryTimestamps':null}",
                "{'clipId':'c','cameraId':'k','startTimestampInMs':1000,'endTimestampInMs':2000,'retryTimestamps':[],'more':1}",
            })
    void numbersMayBeDigitsInStrings(String body) {
        assertThat(messages.read(body))
                .isEqualTo(
                        new ClipRequest("c", "k", Instant.ofEpochMilli(1000), Instant.ofEpochMilli(2000), List.of()));
    }

    @Test
    void writtenMessagesAreReadBack() {
        ClipRequest third = REQUEST.next(1537119424000L).next(1537119484000L);

        assertThat(messages.read(messages.write(third.identity(), third.message())))
                .isEqualTo(third);
        assertThat(third.sequence()).isEqualTo(2);
        assertThat(third.identity()).isEqualTo(REQUEST.identity());
    }

    @Test
    void anEventOfSeveralRecordsHoldsAsManyRequests() {
        String event = "{\"Records\":[{\"body\":\"{'clipId':'a'}\"},{\"body\":{\"clipId\":\"b\"}}]}";

        assertThat(messages.unwrap(event)).containsExactly("{'clipId':'a'}", "{\"clipId\":\"b\"}");
    }

    @Test
    void aRequestInAnEventOfEventBridgeIsUnwrapped() {
        String event = "{'version':'0','detail-type':'motion','source':'alarms','detail':{'clipId':'a'}}";

        assertThat(messages.unwrap(event)).containsExactly("{\"clipId\":\"a\"}");
    }

    @Test
    void aRecordMayHoldANotificationOfATopic() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ObjectNode envelope = JsonNodeFactory.instance
                .objectNode()
                .put("Type", "Notification")
                .put("TopicArn", "arn:aws:sns:us-east-1:000000000000:alarms")
                .put("Message", "{'clipId':'a'}");
        event.putArray("Records").addObject().put("body", envelope.toString());

        assertThat(messages.unwrap(event.toString())).containsExactly("{'clipId':'a'}");
    }

    @Test
    void moreRetryTimestampsThanAnyRequestHasAreRejected() {
        String most = LongStream.range(0, 1000).mapToObj(Long::toString).collect(Collectors.joining(","));

        assertThat(messages.read(withRetries(most)).sequence()).isEqualTo(1000);
        assertThatThrownBy(() -> messages.read(withRetries(most + ",1000")))
                .hasMessage("retryTimestamps is 1001 numbers: it must be at most 1000");
    }

    private static String withRetries(String timestamps) {
        return "{'clipId':'c','cameraId':'k','startTimestampInMs':1,'endTimestampInMs':2,'retryTimestamps':["
                + timestamps + "]}";
    }

    @Test
    void aRequestThatWaitsForLongKeepsTheLatestTimestampsAndTheirNumber() {
        ClipRequest request = REQUEST;
        for (long sent = 0; sent < 1500; sent++) {
            request = request.next(sent);
        }

        ClipRequest read = messages.read(messages.write(request.identity(), request.message()));

        assertThat(read).isEqualTo(request);
        assertThat(read.sequence()).isEqualTo(1500);
        assertThat(read.retryTimestamps()).hasSize(1000).startsWith(500L).endsWith(1499L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "../../x | clipId is",
                "${camelId} | clipId is",
                "-rf | clipId is",
                ".hidden | clipId is",
                "a..b | clipId is",
                "a/b | clipId is",
                "a\\nb | clipId is",
                "'' | clipId is",
            })
    void anIdThatCouldSteerAnythingIsNotRead(String id, String error) {
        assertThatThrownBy(() -> messages.read("{\"clipId\":\"" + id
                        + "\",\"cameraId\":\"k\",\"startTimestampInMs\":1,\"endTimestampInMs\":2}"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(error)
                .hasMessageContaining("letters, digits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | not JSON",
                "[1] | is not a JSON object",
                "{} {} | not JSON",
                "{'Records':[]} | Records is empty",
                "{'Records':[{}]} | Records[0].body is missing",
                "{'cameraId':'k'} | clipId is missing",
                "{'clipId':'c'} | cameraId is missing",
                "{'clipId':'c','cameraId':'k','startTimestampInMs':-1} | startTimestampInMs is -1",
                "{'clipId':'c','cameraId':'k','startTimestampInMs':1.5} | startTimestampInMs is 1.5",
                "{'clipId':'c','cameraId':'k','startTimestampInMs':1} | endTimestampInMs is missing",
                "{'clipId':'c','cameraId':'k','startTimestampInMs':1,'endTimestampInMs':253402300800000} | endTimestampInMs is",
                "{'clipId':'c','cameraId':'k','startTimestampInMs':1,'endTimestampInMs':2,'retryTimestamps':['x']} | retryTimestamps is",
                "{'clipId':'c','cameraId':'k','startTimestampInMs':1,'endTimestampInMs':2,'retryTimestamps':7} | retryTimestamps is 7",
            })
    void everyErrorNamesItsField(String body, String error) {
        assertThatThrownBy(() -> messages.unwrap(body).forEach(messages::read))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(error);
    }

    @Test
    void twoHundredKilobytesOfNonsenseMakeAShortError() {
        assertThatThrownBy(() -> messages.unwrap("[\"" + "x\\n".repeat(100_000) + "\"]"))
                .isInstanceOf(MalformedMessageException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).doesNotContain("\n"));
    }

    @Test
    void noControlCharacterGetsIntoAnError() {
        assertThatThrownBy(() -> messages.unwrap("abc\u001b[2Jd\u0000"))
                .isInstanceOf(MalformedMessageException.class)
                .satisfies(e -> assertThat(e.getMessage().codePoints().noneMatch(Character::isISOControl))
                        .isTrue());
    }

    static String contract(String file) throws IOException {
        try (InputStream in = ClipMessagesTest.class.getResourceAsStream("/contracts/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

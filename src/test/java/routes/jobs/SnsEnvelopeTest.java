package routes.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnsEnvelopeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Type\":\"Notification\",\"TopicArn\":\"arn\",\"Message\":\"{}\"} | {}",
                "{\"Type\":\"Notification\",\"TopicArn\":\"arn\"} | {\"Type\":\"Notification\",\"TopicArn\":\"arn\"}",
                "{\"Type\":\"Notification\",\"Message\":\"{}\"} | {\"Type\":\"Notification\",\"Message\":\"{}\"}",
                "{\"clipId\":\"Notification\"} | {\"clipId\":\"Notification\"}",
                "Notification { | Notification {",
                "\uFEFF{} | {}",
            })
    void onlyANotificationIsOpened(String text, String message) {
        assertThat(SnsEnvelope.open(text)).isEqualTo(message);
    }
}

package routes.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The embedded AWS rejects the same requests as AWS. */
class LocalCloudTest {
    private final LocalCloud cloud = LocalCloud.shared();
    private final LocalResources resources = cloud.resources();

    @Test
    void aLinkWorksUntilItsSignatureIsTouched() throws Exception {
        URI link = link("linked");

        assertThat(get(link).body()).isEqualTo("content");
        URI forged = URI.create(link.toString().replaceFirst("Signature=.{8}", "Signature=00000000"));
        assertThat(get(forged).statusCode()).isEqualTo(403);
    }

    /** A player needs it to show a frame on a canvas that the page may read. */
    @Test
    void aPageOfAnotherOriginMayReadAndUploadByLink() throws Exception {
        URI link = link("shared");

        HttpResponse<String> read = get(link, "Origin", "http://127.0.0.1:8080", "Range", "bytes=0-1");

        assertThat(read.body()).isEqualTo("co");
        assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(read.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
                .isEqualTo("GET, HEAD, PUT");
    }

    private URI link(String key) throws Exception {
        cloud.s3().putObject(r -> r.bucket(resources.clipsBucket()).key(key), RequestBody.fromString("content"));
        return cloud.presigner()
                .presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(1))
                        .getObjectRequest(r -> r.bucket(resources.clipsBucket()).key(key)))
                .url()
                .toURI();
    }

    private static HttpResponse<String> get(URI link, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(link);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[]", "{\"sqs\":\"x\"}"})
    void aMessageByProtocolNeedsADefault(String message) {
        assertThatThrownBy(() -> cloud.sns().publish(r -> r.topicArn(resources.topicArn())
                        .messageStructure("json")
                        .message(message)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void anUnknownTopicIsNotFound() {
        String arn = resources.topicArn() + "-unknown";

        assertThatThrownBy(() -> cloud.sns().publish(r -> r.topicArn(arn).message("x")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void theClipQueueMovesMessagesToItsDeadLetterQueueAfterTenReceives() {
        Map<QueueAttributeName, String> attributes = cloud.sqs()
                .getQueueAttributes(r -> r.queueUrl(resources.queueUrl()).attributeNames(QueueAttributeName.ALL))
                .attributes();

        assertThat(attributes.get(QueueAttributeName.VISIBILITY_TIMEOUT)).isEqualTo("120");
        assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY)).contains("10");
    }

    @Test
    void aTakenPortIsNamed() {
        int taken = URI.create(cloud.environment().get("AWS_ENDPOINT_URL_SNS")).getPort();

        assertThatThrownBy(() -> LocalCloud.start(new LocalCloud.Ports(0, 0, 0, taken, 0, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Port " + taken + ", for the local SNS, is taken");
    }
}

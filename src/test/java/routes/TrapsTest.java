package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ThreadsDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import routes.support.FlowTest;

/** Mistakes in routes that look right and lose messages. */
@FlowTest
class TrapsTest {
    @Autowired
    CamelContext camel;

    @Test
    void queuesArePolledOneMessageAtATimeAndKeptInvisibleWhileItIsWorkedOn() {
        List<Sqs2Endpoint> consumed = camel.getRoutes().stream()
                .map(route -> route.getEndpoint())
                .filter(Sqs2Endpoint.class::isInstance)
                .map(Sqs2Endpoint.class::cast)
                .toList();
        assertThat(consumed).isNotEmpty().allSatisfy(queue -> {
            var settings = queue.getConfiguration();
            assertThat(queue.getMaxMessagesPerPoll())
                    .as("prefetched messages are not extended")
                    .isEqualTo(1);
            assertThat(settings.isExtendMessageVisibility()).isTrue();
            assertThat(settings.getVisibilityTimeout()).isEqualTo(120);
            assertThat(settings.getWaitTimeSeconds())
                    .as("a shutdown waits for a poll")
                    .isLessThanOrEqualTo(5);
            assertThat(settings.getAttributeNames()).contains("SentTimestamp", "ApproximateReceiveCount");
            assertThat(settings.getMessageAttributeNames()).isEqualTo("traceparent,tracestate");
            assertThat(settings.isDeleteAfterRead()).isTrue();
            assertThat(settings.getQueueUrl())
                    .as("otherwise the IAM role needs sqs:ListQueues")
                    .isNotNull();
        });
    }

    @Test
    void noStepFreesTheConsumerBeforeItsWorkIsDone() {
        assertThat(all(DelayDefinition.class)).isEmpty();
        assertThat(all(ThreadsDefinition.class)).isEmpty();
        assertThat(all(WireTapDefinition.class)).isEmpty();
        assertThat(all(SplitDefinition.class))
                .filteredOn(split -> "true".equals(split.getParallelProcessing()))
                .isNotEmpty()
                .allSatisfy(split -> {
                    assertThat(split.getSynchronous()).as(split.getId()).isEqualTo("true");
                    assertThat(split.getStopOnException()).as(split.getId()).isEqualTo("true");
                });
        assertThat(all(OnExceptionDefinition.class))
                .extracting(OnExceptionDefinition::getRedeliveryPolicyType)
                .allSatisfy(policy -> assertThat(policy == null ? null : policy.getAsyncDelayedRedelivery())
                        .isNull());
        assertThat(camel.getExecutorServiceManager().getClass().getName()).doesNotContain("Virtual");
    }

    @Test
    void theReceiptOfAMessageIsNeverRemoved() {
        assertThat(all(RemoveHeadersDefinition.class)).allSatisfy(remove -> assertThat(
                        "CamelAwsSqsReceiptHandle".matches(remove.getPattern().replace("*", ".*")))
                .as(remove.getId())
                .isFalse());
    }

    @Test
    void policiesNameOnlyTheExceptionBases() {
        assertThat(all(OnExceptionDefinition.class)).isNotEmpty().allSatisfy(policy -> assertThat(
                        policy.getExceptions())
                .as(policy.getId())
                .doesNotContain("java.lang.Exception", "java.lang.Throwable", "java.io.IOException"));
    }

    @Test
    void dynamicEndpointsLeadToRoutesOnly() {
        assertThat(all(ToDynamicDefinition.class))
                .extracting(ToDynamicDefinition::getUri)
                .allSatisfy(uri -> assertThat(uri).startsWith("direct:"));
    }

    @Test
    void eachStepSendsOneHttpRequestAndForwardsNoHeaders() {
        List<HttpEndpoint> endpoints = camel.getEndpoints().stream()
                .filter(HttpEndpoint.class::isInstance)
                .map(HttpEndpoint.class::cast)
                .toList();
        assertThat(endpoints).isNotEmpty().allSatisfy(http -> {
            assertThat(http.isBridgeEndpoint()).isTrue();
            assertThat(http.isSkipRequestHeaders()).isTrue();
            assertThat(http.isSkipResponseHeaders()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void httpHasItsLimitsAtTheComponent(String scheme) {
        HttpComponent http = camel.getComponent(scheme, HttpComponent.class);

        assertThat(http.isAutomaticRetriesDisabled()).isTrue();
        assertThat(http.isRedirectHandlingDisabled()).isTrue();
        assertThat(http.isSkipRequestHeaders()).isTrue();
        assertThat(http.isSkipResponseHeaders()).isTrue();
        assertThat(http.getConnectTimeout()).isEqualTo(5_000);
        assertThat(http.getResponseTimeout()).isEqualTo(30_000);
    }

    @Test
    void nothingIsCachedInTheHeap() {
        assertThat(camel.isStreamCaching()).isFalse();
    }

    private <T extends ProcessorDefinition<?>> List<T> all(Class<T> type) {
        return ((ModelCamelContext) camel)
                .getRouteDefinitions().stream()
                        .flatMap(route -> below(route))
                        .filter(type::isInstance)
                        .map(type::cast)
                        .toList();
    }

    private static Stream<ProcessorDefinition<?>> below(ProcessorDefinition<?> parent) {
        List<ProcessorDefinition<?>> outputs = new ArrayList<>(parent.getOutputs());
        return outputs.stream().flatMap(step -> Stream.concat(Stream.of(step), below(step)));
    }
}

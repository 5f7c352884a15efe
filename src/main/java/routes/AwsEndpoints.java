package routes;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.sns.Sns2Endpoint;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/** What every SQS and SNS endpoint gets, whoever writes the route: the header filter, and the URLs of our queues. */
@Component
class AwsEndpoints implements EndpointStrategy, CamelContextConfiguration {
    private final TrustedHeaders headers;
    private final ClipQueue queue;
    private final Settings settings;

    AwsEndpoints(TrustedHeaders headers, ClipQueue queue, Settings settings) {
        this.headers = headers;
        this.queue = queue;
        this.settings = settings;
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof Sqs2Endpoint sqs) {
            sqs.setHeaderFilterStrategy(headers);
            if (sqs.getConfiguration().getQueueName().equals(settings.queue().clip())) {
                sqs.getConfiguration().setQueueUrl(queue.url());
            } else if (sqs.getConfiguration()
                    .getQueueName()
                    .equals(settings.queue().deadLetters())) {
                sqs.getConfiguration().setQueueUrl(queue.deadLettersUrl());
            }
        } else if (endpoint instanceof Sns2Endpoint sns) {
            sns.setHeaderFilterStrategy(headers);
        }
        return endpoint;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        context.getCamelContextExtension().registerEndpointCallback(this);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // nothing is left to do
    }
}

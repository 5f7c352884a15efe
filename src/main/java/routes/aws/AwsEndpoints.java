package routes.aws;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.sns.Sns2Endpoint;
import org.apache.camel.component.aws2.sns.Sns2HeaderFilterStrategy;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/** Sets the header filter of every SQS endpoint, and of every SNS endpoint without one, in replaced routes too. */
@Component
class AwsEndpoints implements EndpointStrategy, CamelContextConfiguration {
    private final TrustedHeaders headers;

    AwsEndpoints(TrustedHeaders headers) {
        this.headers = headers;
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof Sqs2Endpoint sqs) {
            sqs.setHeaderFilterStrategy(headers);
        } else if (endpoint instanceof Sns2Endpoint sns && !hasOwn(sns)) {
            sns.setHeaderFilterStrategy(headers);
        }
        return endpoint;
    }

    private static boolean hasOwn(Sns2Endpoint sns) {
        HeaderFilterStrategy own = sns.getHeaderFilterStrategy();
        return own != null && !(own instanceof Sns2HeaderFilterStrategy);
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        context.getCamelContextExtension().registerEndpointCallback(this);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // nothing to do
    }
}

package routes.fetch;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Parts of Camel that the routes name. */
@Configuration
class FetchConfiguration {
    /** Gathers the bodies of a split into a list. */
    @Bean
    AggregationStrategy inOrder() {
        return new GroupedBodyAggregationStrategy();
    }
}

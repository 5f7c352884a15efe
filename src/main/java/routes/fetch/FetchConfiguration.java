package routes.fetch;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Camel beans that the fetch routes refer to. */
@Configuration
class FetchConfiguration {
    /** Aggregates the bodies of a split into a list. */
    @Bean
    AggregationStrategy inOrder() {
        return new GroupedBodyAggregationStrategy();
    }
}

package routes.api.events;

import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the stream of job events; a worker serves no REST. */
@Configuration
class JobEventConfiguration {
    @Bean
    @ConditionalOnExpression("'${clips.role}' != 'worker'")
    ServletRegistrationBean<JobEventServlet> jobEvents(JobEventHub hub, Clock clock) {
        return new ServletRegistrationBean<>(new JobEventServlet(hub, clock), "/jobs/events");
    }
}

package routes.jobs;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.exception.SdkException;

/** Whether the jobs table can be read. */
@Component("jobsTableHealthIndicator")
class JobsTableHealthIndicator implements HealthIndicator {
    private final JobStore store;

    JobsTableHealthIndicator(JobStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        try {
            store.find("health");
            return Health.up().build();
        } catch (SdkException e) {
            return Health.down()
                    .withDetail("reason", "the jobs table cannot be read: " + e.getMessage())
                    .build();
        }
    }
}

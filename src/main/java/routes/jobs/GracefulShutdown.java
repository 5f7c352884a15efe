package routes.jobs;

import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import routes.settings.Settings;

/**
 * Ends this process without losing work. Consumers stop, running jobs get some time, then they are stopped and their
 * messages returned to the queue. It runs before Camel's own shutdown, which first stops the timer that renews leases
 * and returns no messages.
 * See docs/decisions/0020.
 */
@Component
class GracefulShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(GracefulShutdown.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    /** Enough for work that is not interrupted: an upload of a file, a publication. */
    private static final Duration GIVING_BACK = Duration.ofSeconds(30);

    private final ApplicationContext application;
    private final CamelContext camel;
    private final LeaseRegistry leases;
    private final Duration drain;

    GracefulShutdown(ApplicationContext application, CamelContext camel, LeaseRegistry leases, Settings settings) {
        this.application = application;
        this.camel = camel;
        this.leases = leases;
        this.drain = Duration.ofSeconds(settings.jobs().drain());
    }

    /** Returns once nothing runs any more, or the time is over. */
    @EventListener
    // after streams of responses, which end at once
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    void stop(ContextClosedEvent event) {
        // the context of the management server publishes this event too
        if (event.getApplicationContext() != application) {
            return;
        }
        List<ScheduledPollConsumer> queues = camel.getRoutes().stream()
                .map(Route::getConsumer)
                .filter(ScheduledPollConsumer.class::isInstance)
                .map(ScheduledPollConsumer.class::cast)
                .toList();
        // a running poll lasts a few more seconds, and its message is processed
        queues.forEach(ScheduledPollConsumer::suspend);
        LOG.info("stopping: running jobs have {} s to end", drain.toSeconds());
        if (!ended(queues, drain)) {
            leases.stopAll();
            if (!ended(queues, GIVING_BACK)) {
                LOG.warn("interrupting the remaining work; its jobs continue elsewhere when their leases lapse");
            }
        }
    }

    private boolean ended(List<ScheduledPollConsumer> queues, Duration patience) {
        return Tasks.foregroundTask()
                .withName("graceful-stop")
                .withBudget(Budgets.iterationTimeBudget()
                        .withMaxDuration(patience)
                        .withInterval(POLL_INTERVAL)
                        .withMaxIterations(Integer.MAX_VALUE)
                        .build())
                .build()
                // a poll lasts until its message is processed
                .run(camel, () -> queues.stream().noneMatch(ScheduledPollConsumer::isPolling));
    }
}

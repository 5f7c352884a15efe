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
 * Ends this process without losing work: no new messages, some time for what runs, then what still runs is stopped and
 * given back to the queue. All of it before Camel's own stop, which begins with the timer that keeps the leases and
 * gives nothing back.
 * See docs/decisions/0020.
 */
@Component
class GracefulShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(GracefulShutdown.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    /** Enough for what is not stopped half-way: a transfer of a file, an announcement. */
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

    /** Returns when nothing runs any more, or what runs did not end in time. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void stop(ContextClosedEvent event) {
        // the management server's context tells its end here too
        if (event.getApplicationContext() != application) {
            return;
        }
        List<ScheduledPollConsumer> queues = camel.getRoutes().stream()
                .map(Route::getConsumer)
                .filter(ScheduledPollConsumer.class::isInstance)
                .map(ScheduledPollConsumer.class::cast)
                .toList();
        // a running poll goes on for its few seconds, and what it receives is worked on
        queues.forEach(ScheduledPollConsumer::suspend);
        LOG.info("stopping: what is worked on has {} s to end", drain.toSeconds());
        if (!ended(queues, drain)) {
            leases.stopAll();
            if (!ended(queues, GIVING_BACK)) {
                LOG.warn("what still runs is cut off; its jobs are taken up when their leases lapse");
            }
        }
    }

    private boolean ended(List<ScheduledPollConsumer> queues, Duration patience) {
        return Tasks.foregroundTask()
                .withName("graceful-stop")
                .withBudget(Budgets.iterationTimeBudget()
                        .withMaxDuration(patience)
                        .withInterval(LOOK)
                        .withMaxIterations(Integer.MAX_VALUE)
                        .build())
                .build()
                // a poll lasts until what it received is worked on
                .run(camel, () -> queues.stream().noneMatch(ScheduledPollConsumer::isPolling));
    }
}

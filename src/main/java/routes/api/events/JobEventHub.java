package routes.api.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * The listeners of this process. While there is one, a single thread looks for changes once a second and passes them
 * on; it never waits for a listener.
 */
@Component
class JobEventHub implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(JobEventHub.class);
    private static final int MOST_LISTENERS = 1000;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Instant CURRENT = Instant.MAX;

    /** The position of each listener that has not yet been sent what it missed; after that {@link #CURRENT}. */
    private final Map<EventStream, Instant> listeners = new ConcurrentHashMap<>();

    private final JobEventReader reader;
    private final ApplicationContext application;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread;
    private Future<?> looks;
    private boolean isFailing;
    private volatile boolean isStopping;

    JobEventHub(JobEventReader reader, ApplicationContext application, Clock clock) {
        this.reader = reader;
        this.application = application;
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(1, new CustomizableThreadFactory("job-events-"));
        thread.setKeepAliveTime(INTERVAL.toSeconds(), TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
    }

    /** @return whether another listener is accepted */
    boolean isOpen() {
        return !isStopping && listeners.size() < MOST_LISTENERS;
    }

    /** @param since position of the listener */
    synchronized void add(EventStream listener, Instant since) {
        listeners.put(listener, since);
        if (isStopping) {
            listener.end();
        } else if (looks == null) {
            thread.execute(reader::restart);
            looks = thread.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void remove(EventStream listener) {
        listeners.remove(listener);
    }

    int size() {
        return listeners.size();
    }

    private void look() {
        if (isNobodyListening()) {
            return;
        }
        Instant now = clock.instant();
        listeners.keySet().stream().filter(listener -> listener.endsBy(now)).forEach(EventStream::end);
        try {
            Map<EventStream, Instant> all = Map.copyOf(listeners);
            pass(reader.look(all.values().stream().filter(JobEventHub::isNew).toList()), all);
            isFailing = false;
        } catch (RuntimeException e) {
            if (!isFailing) {
                LOG.warn("changes of jobs cannot be read: {}", e.toString());
            }
            isFailing = true;
        }
        listeners.keySet().forEach(EventStream::send);
    }

    private synchronized boolean isNobodyListening() {
        if (listeners.isEmpty() && looks != null) {
            looks.cancel(false);
            looks = null;
        }
        return looks == null;
    }

    private void pass(News news, Map<EventStream, Instant> to) {
        to.forEach((listener, since) -> {
            if (news.reset() == News.Reset.ALL || (news.reset() == News.Reset.NEW_LISTENERS && isNew(since))) {
                listener.offerReset();
            }
            for (News.Event event : news.events()) {
                if (event.isFresh() || (isNew(since) && event.isAfter(since))) {
                    listener.offer(event.text());
                }
            }
            listeners.replace(listener, since, CURRENT);
            listener.advanceTo(news.position());
        });
    }

    private static boolean isNew(Instant since) {
        return !since.equals(CURRENT);
    }

    /** Ends all streams at once, before running jobs get time to end. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void stop(ContextClosedEvent event) {
        // the context of the management server publishes this event too
        if (event.getApplicationContext() == application) {
            synchronized (this) {
                isStopping = true;
            }
            listeners.keySet().forEach(EventStream::end);
        }
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}

package routes.api.events;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of one listener. It keeps the newest state of each job until the listener can be sent it, without a thread
 * of its own: bytes are written only while the connection takes them, by the reader of changes or by the container.
 */
final class EventStream implements WriteListener, AsyncListener {
    /** Jobs that a listener may lag behind; then it has to read the list again. */
    static final int MOST_PENDING = 1000;

    private static final Duration QUIET = Duration.ofSeconds(15);
    private static final String RETRY = "retry: 3000\n";
    private static final String RESET = "event: reset\ndata: {}\n\n";
    private static final String KEEP_ALIVE = ": keep-alive\n";

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Instant endsAt;
    private final Consumer<EventStream> onEnd;
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicBoolean completed = new AtomicBoolean();
    private volatile boolean isOpen;
    private volatile boolean isEnding;
    /** Used by the writing thread only. */
    private boolean isDirty;

    /** Guarded by itself, like the fields below. */
    private final Map<String, JobEvent> pending = new LinkedHashMap<>();

    private String opening;
    private boolean isResetDue;
    private EventId position;
    private boolean isAliveDue;
    private long lastWrite = System.nanoTime();

    /**
     * @param endsAt when the stream ends at the latest
     * @param position of the listener
     * @param onEnd called at least once when the stream has ended
     */
    EventStream(
            AsyncContext async,
            ServletOutputStream out,
            Instant endsAt,
            EventId position,
            Consumer<EventStream> onEnd) {
        this.async = async;
        this.out = out;
        this.endsAt = endsAt;
        this.position = position;
        this.opening = RETRY + idOf(position);
        this.onEnd = onEnd;
    }

    boolean endsBy(Instant now) {
        return !endsAt.isAfter(now);
    }

    /** Adds the newest state of a job, which takes the place of an older one. */
    void offer(JobEvent event) {
        synchronized (pending) {
            pending.remove(event.jobId());
            pending.put(event.jobId(), event);
            if (pending.size() > MOST_PENDING) {
                offerReset();
            }
        }
    }

    /** Lets the listener read the list again; states that are offered later follow, since the list may lag. */
    void offerReset() {
        synchronized (pending) {
            pending.clear();
            isResetDue = true;
        }
    }

    /** @param now position of the listener once it has been sent everything */
    void advanceTo(EventId now) {
        synchronized (pending) {
            position = now;
        }
    }

    /** Sends what the connection takes at once, or a comment if there was nothing for a while. */
    void send() {
        synchronized (pending) {
            isAliveDue = System.nanoTime() - lastWrite > QUIET.toNanos();
        }
        write();
    }

    /** Ends the stream, even if the listener has not been sent everything. */
    void end() {
        isEnding = true;
        write();
    }

    /** One thread at a time writes; one that comes meanwhile leaves its work to it. */
    private void write() {
        if (!isOpen || turns.getAndIncrement() != 0) {
            return;
        }
        int served = 1;
        do {
            if (!completed.get()) {
                writeUntilFull();
            }
            if (isEnding) {
                complete();
            }
            served = turns.addAndGet(-served);
        } while (served != 0);
    }

    private void writeUntilFull() {
        try {
            // once it is completed, the container uses the response for another request
            synchronized (out) {
                writeWhileReady();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("the listener is gone", e);
            isEnding = true;
        }
    }

    private void writeWhileReady() throws IOException {
        while (!completed.get() && out.isReady()) {
            String next = next();
            if (next != null) {
                out.write(next.getBytes(StandardCharsets.UTF_8));
                isDirty = true;
            } else if (isDirty) {
                out.flush();
                isDirty = false;
            } else {
                return;
            }
        }
    }

    /** @return what to write next; null if there is nothing */
    private String next() {
        synchronized (pending) {
            String next = take();
            if (next != null) {
                lastWrite = System.nanoTime();
                isAliveDue = false;
            }
            return next;
        }
    }

    private String take() {
        if (opening != null) {
            String first = opening;
            opening = null;
            return first;
        }
        if (isResetDue) {
            isResetDue = false;
            return RESET;
        }
        Iterator<JobEvent> oldest = pending.values().iterator();
        if (oldest.hasNext()) {
            String event = oldest.next().text();
            oldest.remove();
            return event;
        }
        return isAliveDue ? KEEP_ALIVE + idOf(position) : null;
    }

    private static String idOf(EventId position) {
        return "id: " + position + "\n\n";
    }

    private void complete() {
        synchronized (out) {
            if (completed.compareAndSet(false, true)) {
                try {
                    async.complete();
                } catch (IllegalStateException e) {
                    LOG.debug("the container completed the stream meanwhile", e);
                }
            }
        }
        onEnd.accept(this);
    }

    @Override
    public void onWritePossible() {
        isOpen = true;
        write();
    }

    @Override
    public void onError(Throwable failure) {
        complete();
    }

    @Override
    public void onError(AsyncEvent event) {
        complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        synchronized (out) {
            completed.set(true);
        }
        onEnd.accept(this);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // it is not started again
    }
}

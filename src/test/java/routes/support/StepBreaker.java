package routes.support;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Interrupts the work on a message between any two steps: the process dies there, so that no later step has an effect,
 * or it blocks there while other things happen. Deliveries may be nested, and one of them works at a time.
 */
public final class StepBreaker implements InterceptStrategy {
    /** State that a dying process loses anyway: its leases and its scratch folder. */
    private static final Set<String> MEMORY = Set.of("remove-workspace", "leave-job");

    /** The simulated death of the process before a step; no policy may handle it. */
    public static final class ProcessDiedException extends RuntimeException {
        ProcessDiedException(String step) {
            super("died before " + step);
        }
    }

    /** One delivery, and the place and kind of its interruption. */
    private static final class Delivery {
        private final BiPredicate<Integer, String> breakAt;
        private final Runnable meanwhile;
        private final Exception failure;
        private final List<String> steps = new ArrayList<>();
        private String diedAt;

        Delivery(BiPredicate<Integer, String> breakAt, Runnable meanwhile, Exception failure) {
            this.breakAt = breakAt;
            this.meanwhile = meanwhile;
            this.failure = failure;
        }
    }

    private final Deque<Delivery> running = new ArrayDeque<>();
    private volatile String lastStep = "none";

    /** @return the executed steps in order; nothing is interrupted */
    public List<String> run(Runnable work) {
        return run(new Delivery((number, name) -> false, null, null), work);
    }

    /** @param step from 0; nothing breaks if it is after the last step */
    public void dieAt(int step, Runnable work) {
        run(new Delivery((number, name) -> number == step, null, null), work);
    }

    /** @param meanwhile runs while the work is blocked before that step */
    public void standStillAt(int step, Runnable meanwhile, Runnable work) {
        run(new Delivery((number, name) -> number == step, meanwhile, null), work);
    }

    /**
     * @param step by its id, which is met once
     * @param meanwhile runs before it fails, or null
     * @param failure of that step
     */
    public void failAt(String step, Runnable meanwhile, Exception failure, Runnable work) {
        run(new Delivery(first(step), meanwhile, failure), work);
    }

    /** @param step id of a step; its first execution counts */
    public void dieAt(String step, Runnable work) {
        run(new Delivery(first(step), null, null), work);
    }

    private static BiPredicate<Integer, String> first(String step) {
        AtomicBoolean met = new AtomicBoolean();
        return (number, name) -> name.equals(step) && met.compareAndSet(false, true);
    }

    /** @return the step before which the last interrupted delivery was interrupted */
    public String lastBreak() {
        return lastStep;
    }

    private List<String> run(Delivery delivery, Runnable work) {
        synchronized (running) {
            running.push(delivery);
        }
        try {
            work.run();
            return List.copyOf(delivery.steps);
        } finally {
            synchronized (running) {
                running.pop();
            }
        }
    }

    /**
     * Runs before a step.
     *
     * @return the failure of this step, or null
     */
    public Exception before(String step) {
        Delivery delivery;
        boolean breaks;
        synchronized (running) {
            delivery = running.peek();
            if (delivery == null) {
                return null;
            }
            breaks = delivery.breakAt.test(delivery.steps.size(), step);
            delivery.steps.add(step);
            if (breaks) {
                lastStep = step;
            }
            if (breaks && delivery.meanwhile == null && delivery.failure == null) {
                delivery.diedAt = step;
            }
        }
        if (breaks && delivery.meanwhile != null) {
            elsewhere(delivery.meanwhile);
        }
        if (delivery.diedAt != null) {
            throw new ProcessDiedException(delivery.diedAt);
        }
        return breaks ? delivery.failure : null;
    }

    /** On a thread of its own: Camel would queue exchanges of this thread behind the blocked one. */
    private static void elsewhere(Runnable meanwhile) {
        CompletableFuture.runAsync(meanwhile, task -> new Thread(task, "meanwhile").start())
                .join();
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        String step = definition.getId();
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Exception failure = null;
                try {
                    failure = MEMORY.contains(step) ? null : before(step);
                } catch (ProcessDiedException e) {
                    failure = e;
                }
                if (failure != null) {
                    exchange.setException(failure);
                    callback.done(true);
                    return true;
                }
                return super.process(exchange, callback);
            }
        };
    }
}

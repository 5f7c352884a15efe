package routes.aws;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Logs why a message stays in the queue: one line if a policy handled the exception, otherwise the stack trace. */
@Component("queueExceptionHandler")
class QueueExceptionHandler implements ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(QueueExceptionHandler.class);

    @Override
    public void handleException(Throwable exception) {
        handleException("the queue could not be polled", exception);
    }

    @Override
    public void handleException(String message, Throwable exception) {
        LOG.warn("{}: {}", message, exception.toString());
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        boolean expected = exchange != null && exchange.getProperty("expected", false, Boolean.class);
        if (expected) {
            LOG.debug("a message was given back", exception);
        } else {
            LOG.error("a message stays in the queue", exception);
        }
    }
}

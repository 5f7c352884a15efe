package routes.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** The last warning that the service logged about a job. */
final class LastWarning extends AppenderBase<ILoggingEvent> {
    private final String jobId;
    private volatile String message = "no warning was logged";

    private LastWarning(String jobId) {
        this.jobId = jobId;
    }

    static LastWarning about(String jobId) {
        LastWarning warning = new LastWarning(jobId);
        warning.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(warning);
        return warning;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)
                && event.getFormattedMessage().contains(jobId)) {
            message = event.getFormattedMessage();
        }
    }

    @Override
    public String toString() {
        return message;
    }
}

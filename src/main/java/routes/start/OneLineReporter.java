package routes.start;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Logs a startup failure as one line, and its stack trace at level DEBUG. */
class OneLineReporter implements FailureAnalysisReporter {
    private static final Logger LOG = LoggerFactory.getLogger("camclips");

    @Override
    public void report(FailureAnalysis analysis) {
        LOG.error("cannot start: {}", analysis.getDescription());
        LOG.debug("stack trace of the failure", analysis.getCause());
    }
}

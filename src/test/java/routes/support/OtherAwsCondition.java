package routes.support;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips flow tests of another AWS if there is none. */
final class OtherAwsCondition implements ExecutionCondition {
    private static final AtomicBoolean SAID = new AtomicBoolean();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!OtherAws.isWanted()) {
            return ConditionEvaluationResult.enabled("on the embedded AWS");
        }
        if (OtherAws.isThere()) {
            return ConditionEvaluationResult.enabled("on another AWS");
        }
        String why = "flow tests skipped: neither AWS_ENDPOINT_URL nor Docker for LocalStack is available";
        if (SAID.compareAndSet(false, true)) {
            System.out.println(why);
        }
        return ConditionEvaluationResult.disabled(why);
    }
}

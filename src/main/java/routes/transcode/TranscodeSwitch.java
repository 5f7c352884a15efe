package routes.transcode;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether films are transcoded: only if there is a queue of them. */
class TranscodeSwitch implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return !context.getEnvironment()
                .getProperty("clips.transcode.queue", "")
                .isEmpty();
    }

    /** The opposite. */
    static class Off implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !new TranscodeSwitch().matches(context, metadata);
        }
    }
}

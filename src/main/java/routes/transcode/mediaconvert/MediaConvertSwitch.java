package routes.transcode.mediaconvert;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import routes.settings.Settings;

/** Whether MediaConvert converts films, as {@link Settings#usesMediaConvert} says. */
class MediaConvertSwitch implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        String engines = environment.getProperty("clips.transcode.engine", "") + " "
                + environment.getProperty("clips.transcode.engines", "");
        return !environment.getProperty("clips.transcode.queue", "").isEmpty()
                && engines.contains(Settings.Transcode.MEDIACONVERT);
    }
}

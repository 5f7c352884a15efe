package routes.transcode.mediaconvert;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import routes.aws.JobQueue;
import routes.settings.Settings;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue of MediaConvert's events. Its dead-letter queue is that of transcodes. */
@Configuration
@Conditional(MediaConvertSwitch.class)
class EngineQueueConfiguration {
    @Bean
    JobQueue engineEventQueue(SqsClient sqs, JobQueue transcodeQueue, Settings settings) {
        Settings.MediaConvert engine = settings.mediaConvert();
        return new JobQueue(
                sqs,
                JobQueue.name(engine.eventsQueue()),
                engine.eventsQueueUrl().isEmpty()
                        ? JobQueue.findUrl(sqs, "TRANSCODE_EVENTS_QUEUE", engine.eventsQueue())
                        : engine.eventsQueueUrl(),
                transcodeQueue.deadLettersUrl());
    }
}

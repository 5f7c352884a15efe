package routes.transcode;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import routes.aws.JobQueue;
import routes.settings.Settings;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue of uploads and transcode requests, and its dead-letter queue. */
@Configuration
@Conditional(TranscodeSwitch.class)
class TranscodeQueueConfiguration {
    @Bean
    JobQueue transcodeQueue(SqsClient sqs, Settings settings) {
        Settings.Transcode queue = settings.transcode();
        return new JobQueue(
                sqs,
                JobQueue.name(queue.queue()),
                queue.queueUrl().isEmpty() ? JobQueue.findUrl(sqs, "TRANSCODE_QUEUE", queue.queue()) : queue.queueUrl(),
                queue.deadLettersUrl().isEmpty()
                        ? JobQueue.findUrl(sqs, "TRANSCODE_DEAD_LETTERS", queue.deadLetters())
                        : queue.deadLettersUrl());
    }
}

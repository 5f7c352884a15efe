package routes.clip;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.aws.JobQueue;
import routes.settings.Settings;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue of clip requests and its dead-letter queue. */
@Configuration
class ClipQueueConfiguration {
    @Bean
    JobQueue clipQueue(SqsClient sqs, Settings settings) {
        Settings.Queues queue = settings.queue();
        return new JobQueue(
                sqs,
                JobQueue.name(queue.clip()),
                queue.clipUrl().isEmpty() ? JobQueue.findUrl(sqs, "AWS_SQS_QUEUE", queue.clip()) : queue.clipUrl(),
                queue.deadLettersUrl().isEmpty()
                        ? JobQueue.findUrl(sqs, "AWS_SQS_DEAD_LETTERS", queue.deadLetters())
                        : queue.deadLettersUrl());
    }
}

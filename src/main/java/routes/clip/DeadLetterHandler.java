package routes.clip;

import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.aws.ClipQueue;
import routes.failure.MalformedMessageException;
import routes.failure.RequestConflictException;
import routes.jobs.Job;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The last that is done for a request: whoever waits for its clip is answered, or else an operator is told. */
@Component("deadLetterHandler")
public class DeadLetterHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);
    /** Just below the 12 h that a queue allows. The alarm comes again then, until the queue's retention is over. */
    private static final Duration KEPT = Duration.ofHours(11);

    private static final int SHOWN = 200;
    private static final String TRIED_IN_VAIN = "every try failed; ask again under a new clipId";

    private final ClipMessages messages;
    private final ClipJobs jobs;
    private final SqsClient sqs;

    DeadLetterHandler(ClipMessages messages, ClipJobs jobs, SqsClient sqs) {
        this.messages = messages;
        this.jobs = jobs;
        this.sqs = sqs;
    }

    /** @return the requests in a letter, each still as text; the letter itself where they cannot be told apart */
    public List<String> unwrap(@Body String letter) {
        try {
            return messages.unwrap(letter);
        } catch (MalformedMessageException e) {
            return List.of(letter);
        }
    }

    /** @throws MalformedMessageException when it has no id that could be answered */
    public DeadLetter read(@Body String body) {
        ClipRequest whatIsThere = messages.readWhatIsThere(body);
        try {
            ClipRequest request = messages.read(body);
            return new DeadLetter(request, messages.identity(request), TRIED_IN_VAIN);
        } catch (MalformedMessageException e) {
            return new DeadLetter(whatIsThere, messages.identity(whatIsThere.clipId()), e.getMessage());
        }
    }

    /**
     * @param sent when the queue took the message, in ms since 1970
     * @return the job, leased by this process; null where the letter is to be dropped
     * @throws RequestConflictException when the id belongs to another request
     */
    public Job open(@Variable("letter") DeadLetter letter, @Header("SentTimestamp") long sent) {
        return jobs.open(letter.request(), letter.identity(), sent);
    }

    /** Ends the job: nobody is going to try it again. */
    public Job fail(@Variable("job") Job job, @Variable("letter") DeadLetter letter) {
        LOG.warn("dead letter: {} ends: {}", job.id(), letter.reason());
        return jobs.fail(job, letter.request(), letter.reason());
    }

    /** Tells an operator of a letter that nobody can be answered for: one short line, whatever was sent. */
    public void alarm(
            @Variable("message") String message,
            @Header("CamelAwsSqsMessageId") String messageId,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        LOG.warn(
                "ALARM dead letter: {}; message {}: {}",
                cause.getMessage(),
                messageId,
                ClipMessages.shown(message, SHOWN));
    }

    /** Leaves the letter in its queue, out of the way, for an operator to look at. */
    public void keep(Exchange exchange, @Header("CamelAwsSqsReceiptHandle") String receipt) {
        sqs.changeMessageVisibility(r ->
                r.queueUrl(ClipQueue.urlOf(exchange)).receiptHandle(receipt).visibilityTimeout((int) KEPT.toSeconds()));
    }
}

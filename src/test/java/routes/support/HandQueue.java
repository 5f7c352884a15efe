package routes.support;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;

/**
 * A queue that delivers nothing by itself: a test reads its messages and delivers them in any order and number. SQS
 * promises no more, but needs real time. There is one queue, whatever its name.
 */
public final class HandQueue implements SqsClient {
    private final Clock clock;
    private final Map<String, Integer> receives = new ConcurrentHashMap<>();
    private final List<Message> lying = new ArrayList<>();
    private final List<Message> sent = new ArrayList<>();
    private Runnable beforeDelete = () -> {};
    private boolean failsNextSend;

    public HandQueue(Clock clock) {
        this.clock = clock;
    }

    /** @param check called before a message is deleted; its exceptions reach the caller of the delete */
    public void beforeDelete(Runnable check) {
        beforeDelete = check;
    }

    /** @return messages sent and not deleted, oldest first */
    public synchronized List<Message> lying() {
        return List.copyOf(lying);
    }

    /** @return every message since {@link #clear()}, deleted or not, oldest first */
    public synchronized List<Message> sent() {
        return List.copyOf(sent);
    }

    /** The next send fails, as if the queue were unreachable. */
    public synchronized void failNextSend() {
        failsNextSend = true;
    }

    public synchronized void clear() {
        lying.clear();
        sent.clear();
    }

    /** @return the message as received now, with its receive count incremented */
    public Message receive(Message message) {
        int count = receives.merge(message.messageId(), 1, Integer::sum);
        return message.toBuilder()
                .attributes(Map.of(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP),
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        Integer.toString(count)))
                .build();
    }

    @Override
    public synchronized SendMessageResponse sendMessage(SendMessageRequest request) {
        if (failsNextSend) {
            failsNextSend = false;
            throw SdkClientException.create("injected failure");
        }
        String id = UUID.randomUUID().toString();
        Message message = Message.builder()
                .messageId(id)
                .receiptHandle(id)
                .body(request.messageBody())
                .attributes(Map.of(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        Long.toString(clock.instant().toEpochMilli())))
                .build();
        lying.add(message);
        sent.add(message);
        return SendMessageResponse.builder().messageId(id).build();
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
        beforeDelete.run();
        synchronized (this) {
            lying.removeIf(message -> message.receiptHandle().equals(request.receiptHandle()));
        }
        return DeleteMessageResponse.builder().build();
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        return ReceiveMessageResponse.builder().build();
    }

    /** Responds without attributes, as if the caller had no permission to read them. */
    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        return GetQueueAttributesResponse.builder().build();
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        return ChangeMessageVisibilityResponse.builder().build();
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        return ChangeMessageVisibilityBatchResponse.builder().build();
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        return GetQueueUrlResponse.builder().queueUrl(url(request.queueName())).build();
    }

    @Override
    public ListQueuesResponse listQueues(ListQueuesRequest request) {
        return ListQueuesResponse.builder()
                .queueUrls(url(request.queueNamePrefix()))
                .build();
    }

    @Override
    public SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest request) {
        return SetQueueAttributesResponse.builder().build();
    }

    private static String url(String name) {
        return "http://" + LocalCloud.LOOPBACK + "/" + name;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // no resources to release
    }
}

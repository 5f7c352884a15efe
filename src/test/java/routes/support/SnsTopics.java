package routes.support;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The topics and subscriptions of {@link SnsServer}, and the delivery to the subscribed queues. */
final class SnsTopics {
    private record Subscription(String arn, String topic, String queueArn, boolean raw) {}

    private final SqsClient sqs;
    private final Set<String> topics = new ConcurrentSkipListSet<>();
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

    SnsTopics(SqsClient sqs) {
        this.sqs = sqs;
    }

    /** Each method returns the XML inside the action's result element. */
    String create(Map<String, String> parameters) {
        String name = parameters.getOrDefault("Name", "");
        if (!name.matches("[A-Za-z0-9_-]{1,256}")) {
            throw SnsFaultException.invalid("Topic Name");
        }
        String arn = "arn:aws:sns:" + LocalCloud.REGION + ":" + LocalCloud.ACCOUNT + ":" + name;
        topics.add(arn);
        return SnsXml.text("TopicArn", arn);
    }

    String list() {
        List<String> members =
                topics.stream().map(arn -> SnsXml.text("TopicArn", arn)).toList();
        return SnsXml.list("Topics", members);
    }

    String subscribe(Map<String, String> parameters) {
        String topic = topic(parameters);
        String endpoint = parameters.getOrDefault("Endpoint", "");
        if (!"sqs".equals(parameters.get("Protocol"))) {
            throw SnsFaultException.invalid("Protocol: only sqs is served here");
        }
        if (!endpoint.matches("arn:aws:sqs:[^:]+:[^:]+:[^:]+")) {
            throw SnsFaultException.invalid("SQS endpoint ARN");
        }
        boolean raw = false;
        for (int i = 1; parameters.containsKey("Attributes.entry." + i + ".key"); i++) {
            if (parameters.get("Attributes.entry." + i + ".key").equals("RawMessageDelivery")) {
                raw = Boolean.parseBoolean(parameters.get("Attributes.entry." + i + ".value"));
            }
        }
        synchronized (subscriptions) {
            for (Subscription known : subscriptions.values()) {
                if (known.topic().equals(topic) && known.queueArn().equals(endpoint)) {
                    return SnsXml.text("SubscriptionArn", known.arn());
                }
            }
            String arn = topic + ":" + UUID.randomUUID();
            subscriptions.put(arn, new Subscription(arn, topic, endpoint, raw));
            return SnsXml.text("SubscriptionArn", arn);
        }
    }

    String unsubscribe(Map<String, String> parameters) {
        subscriptions.remove(parameters.getOrDefault("SubscriptionArn", ""));
        return "";
    }

    String listSubscriptions(Map<String, String> parameters) {
        String topic = topic(parameters);
        List<String> members = of(topic).stream()
                .map(subscription -> SnsXml.text("TopicArn", topic)
                        + SnsXml.text("Protocol", "sqs")
                        + SnsXml.text("SubscriptionArn", subscription.arn())
                        + SnsXml.text("Owner", LocalCloud.ACCOUNT)
                        + SnsXml.text("Endpoint", subscription.queueArn()))
                .toList();
        return SnsXml.list("Subscriptions", members);
    }

    String publish(Map<String, String> parameters) {
        SnsMessage message = SnsMessage.of(topic(parameters), parameters);
        of(message.topicArn()).forEach(subscription -> deliver(message, subscription));
        return SnsXml.text("MessageId", message.id());
    }

    private void deliver(SnsMessage message, Subscription subscription) {
        String queue = subscription.queueArn().substring(subscription.queueArn().lastIndexOf(':') + 1);
        try {
            String url = sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
            sqs.sendMessage(send -> {
                send.queueUrl(url)
                        .messageBody(subscription.raw() ? message.text() : message.envelope(subscription.arn()));
                if (subscription.raw()) {
                    send.messageAttributes(message.attributes());
                }
            });
        } catch (QueueDoesNotExistException e) {
            // as on AWS: a deleted queue does not fail the publisher
            subscriptions.remove(subscription.arn());
        }
    }

    private List<Subscription> of(String topic) {
        return subscriptions.values().stream()
                .filter(subscription -> subscription.topic().equals(topic))
                .toList();
    }

    private String topic(Map<String, String> parameters) {
        String arn = parameters.getOrDefault("TopicArn", parameters.getOrDefault("TargetArn", ""));
        if (!arn.startsWith("arn:aws:sns:")) {
            throw SnsFaultException.invalid("TopicArn");
        }
        if (!topics.contains(arn)) {
            throw SnsFaultException.notFound("Topic");
        }
        return arn;
    }
}

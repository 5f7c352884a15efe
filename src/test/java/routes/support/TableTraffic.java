package routes.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Counts requests to DynamoDB. */
public final class TableTraffic {
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();

    /** @return number of requests so far */
    public int requests() {
        return requests.get();
    }

    /** @return number of items that queries have read so far, before their filters */
    public int itemsRead() {
        return read.get();
    }

    public DynamoDbClient around(DynamoDbClient whole) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    requests.incrementAndGet();
                    try {
                        Object answer = method.invoke(whole, arguments);
                        if (answer instanceof QueryResponse query) {
                            read.addAndGet(query.scannedCount());
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package routes.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A DynamoDB client whose calls a test can make fail. */
public final class BreakableTable {
    private final AtomicBoolean cutOff = new AtomicBoolean();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    public void cutOff(boolean off) {
        cutOff.set(off);
    }

    /** @param method of the client, whose next call fails */
    public void failNext(String method) {
        failures.add(method);
    }

    DynamoDbClient around(DynamoDbClient whole) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    boolean fails = failures.remove(method.getName());
                    if (fails || (cutOff.get() && !method.getName().equals("close"))) {
                        throw SdkClientException.create("injected failure");
                    }
                    try {
                        return method.invoke(whole, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

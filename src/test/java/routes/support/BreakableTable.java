package routes.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A DynamoDB client whose calls a test can make fail. */
public final class BreakableTable {
    private final AtomicBoolean cutOff = new AtomicBoolean();

    public void cutOff(boolean off) {
        cutOff.set(off);
    }

    DynamoDbClient around(DynamoDbClient whole) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    if (cutOff.get() && !method.getName().equals("close")) {
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

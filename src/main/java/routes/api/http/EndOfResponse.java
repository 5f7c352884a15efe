package routes.api.http;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Acts once an asynchronous response is complete, whatever its end. */
record EndOfResponse(Runnable action) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
        action.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // it completes next
    }

    @Override
    public void onError(AsyncEvent event) {
        // it completes next
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}

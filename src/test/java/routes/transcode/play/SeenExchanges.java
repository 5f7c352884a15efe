package routes.transcode.play;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.EventNotifierSupport;

/** What tracers and event notifiers of a service see: the headers of each exchange, at each of its events. */
final class SeenExchanges extends EventNotifierSupport implements AutoCloseable {
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final CamelContext camel;

    private SeenExchanges(CamelContext camel) {
        this.camel = camel;
    }

    static SeenExchanges of(CamelContext camel) {
        SeenExchanges seen = new SeenExchanges(camel);
        seen.start();
        camel.getManagementStrategy().addEventNotifier(seen);
        return seen;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeEvent of) {
            headers.add(of.getExchange().getMessage().getHeaders().toString());
        }
    }

    /** @return as text */
    List<String> headers() {
        return headers;
    }

    @Override
    public void close() {
        camel.getManagementStrategy().removeEventNotifier(this);
        stop();
    }
}

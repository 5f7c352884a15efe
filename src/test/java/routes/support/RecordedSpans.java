package routes.support;

import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;

/** Lets a service trace every exchange and every step with OpenTelemetry. Its spans are kept here. */
public class RecordedSpans {
    private static final List<SpanData> SPANS = new CopyOnWriteArrayList<>();

    private static final class Keeper implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            SPANS.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @Bean
    CamelContextConfiguration recordSpans() {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                camel.getRegistry()
                        .bind(
                                "spans",
                                SdkTracerProvider.builder()
                                        .addSpanProcessor(SimpleSpanProcessor.create(new Keeper()))
                                        .build()
                                        .get("camclips"));
                camel.getRegistry().bind("propagators", ContextPropagators.noop());
                OpenTelemetryTracer tracer = new OpenTelemetryTracer();
                tracer.setTraceProcessors(true);
                tracer.init(camel);
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                // traces from the beginning
            }
        };
    }

    /** @return the ended spans of all services that have this bean: name, attributes and events of each */
    public static List<String> texts() {
        return SPANS.stream().map(Object::toString).toList();
    }
}

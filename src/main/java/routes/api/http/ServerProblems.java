package routes.api.http;

import org.apache.catalina.Container;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** Makes problems of the errors that Tomcat answers itself. */
@Component
class ServerProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {
    private final ProblemWriter problems;
    private final ServerProperties server;

    ServerProblems(ProblemWriter problems, ServerProperties server) {
        this.problems = problems;
        this.server = server;
    }

    /** After the valve of Spring Boot, so that this one, which is nearer to the service, writes first. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        int longest = (int) server.getMaxHttpRequestHeaderSize().toBytes();
        factory.addContextCustomizers(context -> {
            Container host = context.getParent();
            if (host instanceof StandardHost standard) {
                standard.setErrorReportValveClass("");
            }
            host.getPipeline().addValve(new ProblemValve(problems, longest));
        });
    }
}

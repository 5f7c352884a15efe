package routes;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the service: the routes of {@code camel/} and the beans that they call. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CamclipsApplication {
    public static void main(String[] args) {
        SpringApplication.run(CamclipsApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}

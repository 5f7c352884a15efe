package routes.support;

import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Signs links with credentials that end in ten seconds, as those of a role end sometime. */
public class EndingCredentials {
    @Bean
    @Primary
    AwsCredentialsProvider endingSoon() {
        return () -> AwsSessionCredentials.builder()
                .accessKeyId(LocalCloud.ACCESS_KEY)
                .secretAccessKey(LocalCloud.SECRET_KEY)
                .sessionToken("session")
                .expirationTime(Instant.now().plusSeconds(10))
                .build();
    }
}

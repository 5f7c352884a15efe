package routes.transcode.play;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.settings.Settings;
import routes.transcode.hls.OutputPath;

/**
 * Signs grants as tokens, and reads them. A token holds all that its use needs, so that a segment costs no read of a job.
 * See docs/decisions/0042.
 */
@Component
class PlaylistTokens {
    private static final Logger LOG = LoggerFactory.getLogger(PlaylistTokens.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int RANDOM_BYTES = 32;
    /** A prefix has up to 1024 bytes. */
    private static final int LONGEST = 2048;

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;

    PlaylistTokens(Settings settings) {
        byte[] secret = settings.playlist().secret().getBytes(StandardCharsets.UTF_8);
        if (secret.length == 0) {
            secret = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(secret);
            boolean playsHere = settings.role().equals("api") || settings.role().equals("both");
            if (playsHere && settings.transcode().isOn()) {
                LOG.info("PLAYLIST_SECRET is not set: playlist tokens are valid in this process only");
            }
        }
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** @return a token of letters, digits, '-', '_' and one '.', the same for the same grant */
    String sign(PlaylistGrant grant) {
        String fields = grant.expiresAt().getEpochSecond() + "." + grant.run() + "."
                + grant.length().toMillis() + "." + grant.jobId()
                + (grant.ownPrefix().isEmpty() ? "" : "/" + grant.ownPrefix());
        String payload = TEXT.encodeToString(fields.getBytes(StandardCharsets.UTF_8));
        return payload + "." + signature(payload);
    }

    /** @return the grant, which may be over; empty if this service did not sign it */
    Optional<PlaylistGrant> read(String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > LONGEST) {
            return Optional.empty();
        }
        String payload = token.substring(0, dot);
        byte[] signature = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        // takes as long for any text
        if (!MessageDigest.isEqual(signature(payload).getBytes(StandardCharsets.UTF_8), signature)) {
            return Optional.empty();
        }
        String[] fields = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8).split("\\.", 4);
        // an id has no slash
        String[] job = fields[3].split("/", 2);
        int run = Integer.parseInt(fields[1]);
        return Optional.of(new PlaylistGrant(
                job[0],
                run,
                job.length == 1 ? OutputPath.of(job[0], run) : OutputPath.ofEarlier(job[1]),
                Duration.ofMillis(Long.parseLong(fields[2])),
                Instant.ofEpochSecond(Long.parseLong(fields[0]))));
    }

    private String signature(String payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return TEXT.encodeToString(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}

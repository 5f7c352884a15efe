package routes.transcode.play;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.api.jobs.JobResponses;
import routes.failure.ClientErrorException;
import routes.jobs.Job;
import routes.jobs.JobStatus;
import routes.settings.Settings;
import routes.transcode.TranscodeResults;

/** Who may play which stream; each method is one step of a route. */
@Component("playlistAccess")
public class PlaylistAccess {
    private static final int CREATED = 201;

    private final TranscodeResults results;
    private final PlaylistTokens tokens;
    private final ObjectMapper json;
    private final Clock clock;
    private final Duration life;

    PlaylistAccess(TranscodeResults results, PlaylistTokens tokens, ObjectMapper json, Clock clock, Settings settings) {
        this.results = results;
        this.tokens = tokens;
        this.json = json;
        this.clock = clock;
        this.life = Duration.ofSeconds(settings.playlist().tokenLife());
    }

    /** @return what the request's token grants; null if it has none */
    public PlaylistGrant given(@Header("CamelHttpServletRequest") HttpServletRequest request) {
        return PlaylistTokenFilter.grant(request).orElse(null);
    }

    /**
     * @return a new grant for the stream of a job
     * @throws ClientErrorException with 404 if its type has none, and with 409 if it is not DONE
     */
    public PlaylistGrant grant(@Variable("job") Job job) {
        if (!TranscodeResults.isStream(job)) {
            throw ClientErrorException.notFound("job " + job.id() + " makes no stream");
        }
        if (job.status() != JobStatus.DONE) {
            throw ClientErrorException.conflict("job " + job.id() + " is " + job.status() + ": it has no stream");
        }
        Instant end = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(life);
        return new PlaylistGrant(job.id(), job.run(), results.output(job), results.length(job), end);
    }

    /** @throws ClientErrorException with 404 if the path names another run than the one that was granted */
    public void ensureRun(@Variable("grant") PlaylistGrant grant, @Header("run") String run) {
        if (run != null && !run.equals(Integer.toString(grant.run()))) {
            throw ClientErrorException.notFound("job " + grant.jobId() + " has no stream of run " + run);
        }
    }

    /** @param url of the playlist, relative to the API */
    private record Answer(String token, Instant expiresAt, String url) {}

    /** Responds with 201 and a token. */
    public void created(@Variable("grant") PlaylistGrant grant, Message message) throws JsonProcessingException {
        String token = tokens.sign(grant);
        String url = TranscodeResults.playlistPath(grant.jobId()) + "?token=" + token;
        JobResponses.answer(message, CREATED, json.writeValueAsString(new Answer(token, grant.expiresAt(), url)));
    }
}

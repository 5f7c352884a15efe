package routes.transcode;

import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import routes.failure.ClientErrorException;

/** Answers requests while no queue of transcodes is set. */
@Component("noTranscodes")
@Conditional(TranscodeSwitch.Off.class)
public class NoTranscodes {
    /** @throws ClientErrorException always, with status 404 */
    public void refuse() {
        throw ClientErrorException.notFound("this service transcodes no films");
    }
}

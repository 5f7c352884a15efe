package routes.delivery;

import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;
import routes.failure.CameraApiUnavailableException;
import routes.failure.Failures;

/** What the camera API answered to a document. */
@Component("cameraApiSink")
public class CameraApiSink {
    private static final int REDIRECTION = 300;

    /**
     * @param status of its answer
     * @return why it will never take the document; null where it took it
     * @throws CameraApiUnavailableException when it may take it later
     */
    public String refusal(@Header(Exchange.HTTP_RESPONSE_CODE) int status) {
        if (Failures.isTransient(status)) {
            throw new CameraApiUnavailableException(status);
        }
        return status < REDIRECTION ? null : "the camera API answered " + status;
    }
}

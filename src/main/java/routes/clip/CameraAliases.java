package routes.clip;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Remembers the aliases of the cameras asked for last: they do not change. */
@Component("cameraAliases")
public class CameraAliases {
    private static final int MOST = 10_000;

    private final Map<String, String> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    });

    /** @return the alias, or null where the camera API has to be asked */
    public String find(@Variable("request") ClipRequest request) {
        return known.get(request.cameraId());
    }

    public void remember(@Variable("request") ClipRequest request, @Variable("alias") String alias) {
        known.put(request.cameraId(), alias);
    }
}

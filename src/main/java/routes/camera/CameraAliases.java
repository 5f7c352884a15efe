package routes.camera;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.springframework.stereotype.Component;

/** LRU cache of camera aliases, which never change. */
@Component("cameraAliases")
public class CameraAliases {
    private static final int MOST = 10_000;

    private final Map<String, String> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    });

    /** @return the alias; null if it is not cached and the camera API must be queried */
    public String find(@Simple("${variable.request.cameraId}") String cameraId) {
        return known.get(cameraId);
    }

    public void remember(@Simple("${variable.request.cameraId}") String cameraId, @Variable("alias") String alias) {
        known.put(cameraId, alias);
    }
}

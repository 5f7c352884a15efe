package routes.camera;

import java.time.Instant;
import java.util.List;

/**
 * One page of the recorded cameras, by id, as in the contract.
 *
 * @param next token of the next page; null on the last page
 */
record CameraPage(List<Camera> cameras, String next) {
    /**
     * @param name under which it records
     * @param zone of its place, such as Europe/Amsterdam; null if unknown
     */
    record Camera(String cameraId, String name, String zone, Instant lastSeenAt) {}
}

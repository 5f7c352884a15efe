package routes.scratch;

import java.nio.file.Files;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** DOWN if the scratch folder cannot be written; reports its free and reserved bytes. */
@Component("scratchHealthIndicator")
class ScratchHealthIndicator implements HealthIndicator {
    private final ScratchFolder scratch;
    private final ScratchSpace workspaces;

    ScratchHealthIndicator(ScratchFolder scratch, ScratchSpace workspaces) {
        this.scratch = scratch;
        this.workspaces = workspaces;
    }

    @Override
    public Health health() {
        Health.Builder health = Files.isWritable(scratch.path())
                ? Health.up()
                : Health.down().withDetail("reason", "the scratch folder is missing or not writable");
        return health.withDetail("freeBytes", workspaces.free())
                .withDetail("reservedBytes", workspaces.reserved())
                .build();
    }
}

package routes.snapshot;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;
import routes.settings.Settings;

/** The threads that take snapshots, one per worker; the threads of requests wait for them for a limited time. */
@Component
class SnapshotThreads implements CamelContextConfiguration {
    private static final String NAME = "snapshot-workers";

    private final int workers;

    SnapshotThreads(Settings settings) {
        this.workers = settings.snapshot().workers();
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        ThreadPoolProfile profile = new ThreadPoolProfile(NAME);
        profile.setPoolSize(workers);
        profile.setMaxPoolSize(workers);
        context.getExecutorServiceManager().registerThreadPoolProfile(profile);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // nothing to do
    }
}

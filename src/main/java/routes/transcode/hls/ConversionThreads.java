package routes.transcode.hls;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/** The threads of conversions, two for each at work. None waits for another one's, or ffmpeg would fill the disk. */
@Component
class ConversionThreads implements CamelContextConfiguration {
    private static final String NAME = "conversion-branches";
    private static final int MOST = 64;

    @Override
    public void beforeApplicationStart(CamelContext context) {
        ThreadPoolProfile profile = new ThreadPoolProfile(NAME);
        profile.setPoolSize(2);
        profile.setMaxPoolSize(MOST);
        profile.setMaxQueueSize(0);
        context.getExecutorServiceManager().registerThreadPoolProfile(profile);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // nothing to do
    }
}

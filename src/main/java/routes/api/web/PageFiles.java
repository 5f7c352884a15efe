package routes.api.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import routes.api.http.PagePaths;

/** Serves the page at {@code /}, its modules and their libraries. Browsers revalidate each file by its ETag. */
@Configuration
@ConditionalOnExpression("'${clips.web.page}'.equalsIgnoreCase('on') && '${clips.role}' != 'worker'")
class PageFiles implements WebMvcConfigurer {
    private static final int ETAG_BYTES = 12;

    private final Map<String, String> etags = new ConcurrentHashMap<>();
    private final String library;
    private final String player;

    /**
     * @param library location of the view library
     * @param player location of the player of streams
     */
    PageFiles(@Value("${clips.web.library}") String library, @Value("${clips.web.player}") String player) {
        this.library = library;
        this.player = player;
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:" + PagePaths.FILES + "index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        serve(registry, PagePaths.FILES + "lib/**", library);
        // not the demonstration that is beside it
        serve(registry, PagePaths.FILES + "hls/hls.*.js", player);
        serve(registry, PagePaths.FILES + "**", "classpath:/console/");
    }

    private void serve(ResourceHandlerRegistry registry, String path, String location) {
        registry.addResourceHandler(path)
                .addResourceLocations(location)
                .setCacheControl(CacheControl.noCache())
                // the build's time says nothing about the content
                .setUseLastModified(false)
                .setEtagGenerator(this::etag);
    }

    private String etag(Resource file) {
        try {
            return etags.computeIfAbsent(file.getURL().toString(), url -> hash(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Resource file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.getContentAsByteArray());
            // weak, since Tomcat compresses no answer with a strong one
            return "W/\"" + HexFormat.of().formatHex(hash, 0, ETAG_BYTES) + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

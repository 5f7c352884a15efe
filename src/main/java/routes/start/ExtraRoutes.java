package routes.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.spring.boot.CamelSpringBootRoutesCollector;
import org.apache.camel.support.PluginHelper;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.util.AntPathMatcher;
import routes.settings.InvalidSettingException;
import routes.settings.Settings;

/**
 * Loads the bundled routes and those of the extra folder. An extra file replaces the bundled file with the same path
 * below {@code camel/}. ConfigMap keys cannot contain {@code /}, so {@code flow__file.camel.yaml} is read as
 * {@code flow/file.camel.yaml}.
 */
@Component
class ExtraRoutes extends CamelSpringBootRoutesCollector {
    private static final String ROOT = "camel/";
    private static final String SUFFIX = ".camel.yaml";
    private static final AntPathMatcher PATHS = new AntPathMatcher();

    private static final Pattern WITHOUT_TRANSCODES = Pattern.compile("api/no-transcodes\\.camel\\.yaml");
    private static final Pattern OF_TRANSCODES = Pattern.compile("transcode/.*|api/transcodes\\.camel\\.yaml");
    private static final Pattern OF_MEDIACONVERT =
            Pattern.compile("transcode/(?:convert-elsewhere|events)\\.camel\\.yaml");

    private final ApplicationContext application;
    private final String folder;
    private final boolean transcodes;
    private final boolean mediaConvert;

    ExtraRoutes(ApplicationContext application, Settings settings) {
        super(application, false);
        this.application = application;
        this.folder = settings.extraRoutes();
        this.transcodes = settings.transcode().isOn();
        this.mediaConvert = settings.usesMediaConvert();
        if (!folder.isEmpty() && !Files.isDirectory(Path.of(folder))) {
            throw new InvalidSettingException("EXTRA_ROUTES", folder, "a folder, or nothing");
        }
    }

    @Override
    public Collection<Resource> findRouteResourcesFromDirectory(CamelContext camel, String exclude, String include) {
        ResourceLoader loader = PluginHelper.getResourceLoader(camel);
        Map<String, Resource> byPath = new TreeMap<>();
        // Camel's own search loses the folders of files in a jar
        bundledPaths(include).forEach(path -> byPath.put(path, loader.resolveResource("classpath:" + ROOT + path)));
        if (!folder.isEmpty()) {
            extraFiles().forEach((path, file) -> byPath.put(path, loader.resolveResource("file:" + file)));
        }
        byPath.keySet().removeIf(path -> PATHS.match(exclude, ROOT + path) || isOff(path));
        return List.copyOf(byPath.values());
    }

    private boolean isOff(String path) {
        return (transcodes ? WITHOUT_TRANSCODES : OF_TRANSCODES).matcher(path).matches()
                || (!mediaConvert && OF_MEDIACONVERT.matcher(path).matches());
    }

    /** @return paths below {@code camel/} */
    private List<String> bundledPaths(String include) {
        try {
            List<String> paths = new ArrayList<>();
            for (var file : application.getResources(include)) {
                String location = file.getURL().toString();
                paths.add(location.substring(location.lastIndexOf("/" + ROOT) + ROOT.length() + 1));
            }
            return paths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return files by path below {@code camel/} */
    private Map<String, Path> extraFiles() {
        Path root = Path.of(folder);
        try (Stream<Path> all = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            Map<String, Path> files = new TreeMap<>();
            all.map(root::relativize)
                    .filter(file -> file.toString().endsWith(SUFFIX) && isVisible(file))
                    .forEach(file ->
                            files.put(file.toString().replace('\\', '/').replace("__", "/"), root.resolve(file)));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kubernetes mounts ConfigMap files a second time, in folders whose names start with two dots. */
    private static boolean isVisible(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .noneMatch(part -> part.toString().startsWith(".."));
    }
}

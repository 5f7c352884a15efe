package routes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelSpringBootRoutesCollector;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;
import routes.failure.WrongSetting;

/** Loads the routes of a folder besides the bundled ones; a file there takes the place of the bundled file of its name. */
@Component
class ExtraRoutes extends CamelSpringBootRoutesCollector {
    private final String folder;

    ExtraRoutes(ApplicationContext application, Settings settings) {
        super(application, false);
        this.folder = settings.extraRoutes();
        if (!folder.isEmpty() && !Files.isDirectory(Path.of(folder))) {
            throw new WrongSetting("EXTRA_ROUTES", folder, "a folder, or nothing");
        }
    }

    @Override
    public Collection<Resource> findRouteResourcesFromDirectory(CamelContext camel, String exclude, String include) {
        Collection<Resource> bundled = super.findRouteResourcesFromDirectory(camel, exclude, include);
        if (folder.isEmpty()) {
            return bundled;
        }
        Collection<Resource> extra =
                super.findRouteResourcesFromDirectory(camel, exclude, "file:" + folder + "/*.camel.yaml");
        Set<String> replaced = extra.stream().map(ExtraRoutes::name).collect(Collectors.toSet());
        Collection<Resource> all = new ArrayList<>(extra);
        bundled.stream().filter(file -> !replaced.contains(name(file))).forEach(all::add);
        return all;
    }

    private static String name(Resource file) {
        return file.getLocation().replaceFirst(".*[/\\\\:]", "");
    }
}

package routes.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The service's classes and resources in a jar, as they are deployed: resources in a jar are found in other ways. */
final class ServiceJar {
    private static Path jar;

    private ServiceJar() {}

    /**
     * @param classes folder of the compiled service
     * @return path of a jar with the same content, made once per JVM
     */
    static synchronized String of(Path classes) {
        try {
            if (jar == null) {
                jar = pack(classes);
            }
            return jar.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path pack(Path classes) throws IOException {
        Path packed = Files.createTempFile(Files.createDirectories(Path.of("target", "processes")), "service", ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(packed));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(file -> !file.equals(classes)).toList()) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                boolean folder = Files.isDirectory(file);
                out.putNextEntry(new JarEntry(folder ? name + "/" : name));
                if (!folder) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
        return packed;
    }
}

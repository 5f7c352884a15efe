package routes.support;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import routes.CamclipsApplication;

/** A program of this project in its own JVM, which can be limited, observed and killed. */
public final class ServiceProcess implements AutoCloseable {
    /** The memory of a pod with the chart's limit. */
    private static final String MEMORY = "-XX:MaxRAM=2g";

    private static final int SHOWN_LINES = 60;

    /** On two slow cores that also cut clips, startup takes more than a minute. */
    private static final Duration START = Duration.ofMinutes(4);

    private final Process process;
    private final Path output;
    private final String apiPort;

    private ServiceProcess(Process process, Path output, String apiPort) {
        this.process = process;
        this.output = output;
        this.apiPort = apiPort;
    }

    /**
     * @param main its main class
     * @param jvm options in addition to the image's, such as {@code -Xmx256m}
     * @param environment variables in addition to the inherited PATH and HOME
     */
    public static ServiceProcess start(Class<?> main, List<String> jvm, Map<String, String> environment)
            throws IOException {
        return run(main, classPath(main), jvm, environment);
    }

    private static ServiceProcess run(
            Class<?> main, String classPath, List<String> jvm, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Path.of("image", "jvm.options"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath, main.getName()));
        Path output = Files.createTempFile(Files.createDirectories(Path.of("target", "processes")), "out", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        builder.environment().putAll(environment);
        return new ServiceProcess(builder.start(), output, environment.get("SERVER_PORT"));
    }

    /** The service itself runs from a jar, as in production, without the tests' classes and logging configuration. */
    private static String classPath(Class<?> main) throws IOException {
        String all = System.getProperty("java.class.path");
        if (main != CamclipsApplication.class) {
            return all;
        }
        return Stream.of(all.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .map(entry -> entry.endsWith("classes") ? ServiceJar.of(Path.of(entry)) : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Starts the service on free ports and returns before it is up.
     *
     * @param resources of the shared cloud, except for the recordings of {@link PastFootage}
     * @param settings in addition to those of every test service
     */
    public static ServiceProcess service(LocalResources resources, Map<String, String> settings) throws IOException {
        return start(CamclipsApplication.class, List.of(MEMORY), onFreePort(resources, settings));
    }

    /**
     * Like {@link #service(LocalResources, Map)}, for another build of the service.
     *
     * @param classes its folder of classes; its libraries are those of this build
     */
    public static ServiceProcess service(LocalResources resources, Map<String, String> settings, Path classes)
            throws IOException {
        String libraries = Stream.of(classPath(CamclipsApplication.class).split(File.pathSeparator))
                .filter(entry -> !Path.of(entry)
                        .toAbsolutePath()
                        .startsWith(Path.of("target").toAbsolutePath()))
                .collect(Collectors.joining(File.pathSeparator));
        return run(
                CamclipsApplication.class,
                classes + File.pathSeparator + libraries,
                List.of(MEMORY),
                onFreePort(resources, settings));
    }

    private static Map<String, String> onFreePort(LocalResources resources, Map<String, String> settings)
            throws IOException {
        Map<String, String> environment = environment(resources, settings);
        environment.replace("SERVER_PORT", "0", Integer.toString(freePort()));
        return environment;
    }

    /** @return environment of a service process that uses these resources */
    public static Map<String, String> environment(LocalResources resources, Map<String, String> settings) {
        LocalCloud cloud = LocalCloud.shared();
        Map<String, String> environment = new HashMap<>(cloud.environment(resources));
        environment.put("S3_BUCKET_ORIGIN", cloud.resources().originBucket());
        environment.put("CAM_SERVICES_URL", LocalServices.cameras().baseUrl().toString());
        environment.put("CLIP_URL", "https://clips.example.com");
        environment.put("FFMPEG", LocalFfmpeg.path().toString());
        environment.put("SERVER_PORT", "0");
        environment.put("MANAGEMENT_PORT", "0");
        environment.putAll(settings);
        return environment;
    }

    /** @return base URL of its REST API, once it is up */
    public URI api() {
        return URI.create("http://127.0.0.1:" + apiPort);
    }

    /**
     * Waits until its REST API responds.
     *
     * @throws AssertionError if it responds with anything but 503 before that
     */
    public void awaitApi() {
        ApiClient client = new ApiClient(api(), null);
        await(START, () -> {
            try {
                int status = client.get("/jobs/none").status();
                if (status != 503 && status != 404) {
                    throw new AssertionError("response during startup: " + status);
                }
                return status == 404 && isAnswered(client.get("/jobs/none"));
            } catch (IllegalStateException e) {
                // not listening yet
                return false;
            }
        });
    }

    private static boolean isAnswered(ApiClient.Answer answer) {
        if (!answer.body().path("detail").asText().contains("no job none")) {
            throw new AssertionError("response during startup: " + answer.body());
        }
        return true;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** @return its output so far, stdout and stderr, as lines */
    public List<String> lines() {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.toList();
        } catch (IOException e) {
            return List.of("cannot read " + output + ": " + e);
        }
    }

    /**
     * Waits for a condition.
     *
     * @throws AssertionError after the timeout, with the last lines that the process wrote
     */
    public void await(Duration patience, Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(patience).until(condition);
        } catch (ConditionTimeoutException e) {
            List<String> all = lines();
            String last = String.join("\n", all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size()));
            throw new AssertionError(e.getMessage() + "; the process wrote:\n" + last, e);
        }
    }

    /** @return its exit value, or empty if it still runs after that time */
    public OptionalInt awaitExit(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM, as an orchestrator does. */
    public void stop() {
        process.destroy();
    }

    /** Commands of its running child processes. */
    public List<String> children() {
        return process.descendants()
                .map(child -> child.info().command().orElse(""))
                .toList();
    }

    /** Its running child processes. */
    public List<ProcessHandle> programs() {
        return process.descendants().toList();
    }

    /** Kills it without a warning or clean-up, as the operating system does. */
    public void killHard() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        killHard();
    }
}

package routes.support;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.springframework.util.FileSystemUtils;

/** S3 in this JVM (S3Proxy), on the loopback address only. Signatures are verified; objects are stored in a folder. */
final class LocalS3 {
    /** Pages of any origin may read and upload, as docs/console.md and docs/streams.md ask of the buckets. */
    private static final CrossOriginResourceSharing PAGES = new CrossOriginResourceSharing(
            List.of("*"),
            List.of("GET", "HEAD", "PUT"),
            List.of("*"),
            List.of("Content-Length", "Content-Range", "ETag"),
            "");

    private final S3Proxy server;
    private final Path folder;
    private final S3Faults faults;
    private final S3Traffic traffic;
    private final S3Locks locks;
    private final S3Notifications notifications;

    /**
     * @param port 0 for a free one
     * @param folder created here, and deleted with all objects by {@link #stop()}
     */
    LocalS3(int port, Path folder) throws Exception {
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        this.traffic = new S3Traffic(new FilesystemNio2BlobStore(this.folder.toString()));
        this.locks = new S3Locks(traffic);
        this.notifications = new S3Notifications(locks);
        this.faults = new S3Faults(notifications);
        server = S3Proxy.builder()
                .blobStore(faults.store())
                .endpoint(LocalCloud.address(port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, LocalCloud.ACCESS_KEY, LocalCloud.SECRET_KEY)
                .corsRules(PAGES)
                .build();
        BlobStore all = faults.store();
        BlobStore readOnly = new ReadOnlyS3(all);
        server.setBlobStoreLocator((key, bucket, object) -> switch (key) {
            case LocalCloud.ACCESS_KEY -> new AccessGrant(LocalCloud.SECRET_KEY, all);
            case LocalCloud.READ_ONLY_ACCESS_KEY -> new AccessGrant(LocalCloud.SECRET_KEY, readOnly);
            default -> null;
        });
        server.start();
    }

    URI endpoint() {
        return LocalCloud.address(server.getPort());
    }

    S3Faults faults() {
        return faults;
    }

    S3Traffic traffic() {
        return traffic;
    }

    S3Locks locks() {
        return locks;
    }

    S3Notifications notifications() {
        return notifications;
    }

    void stop() throws Exception {
        try {
            server.stop();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    /** A folder below {@code parent} that no other JVM uses; leftovers of killed JVMs are removed. */
    static Path freshFolder(Path parent) throws IOException {
        Files.createDirectories(parent);
        String prefix = "localcloud-";
        try (var old = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path left : old) {
                String pid =
                        left.getFileName().toString().substring(prefix.length()).replaceAll("\\D.*", "");
                if (!pid.isEmpty() && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    remove(left, parent.resolve(prefix + ProcessHandle.current().pid() + "-" + left.getFileName()));
                }
            }
        }
        Path own = parent.resolve(prefix + ProcessHandle.current().pid());
        return Files.exists(own) ? Files.createTempDirectory(parent, own.getFileName() + "-") : own;
    }

    /** Takes a folder before it removes it, since another JVM may be about to do so. */
    private static void remove(Path left, Path taken) throws IOException {
        try {
            Files.move(left, taken);
        } catch (NoSuchFileException e) {
            return;
        }
        FileSystemUtils.deleteRecursively(taken);
    }
}

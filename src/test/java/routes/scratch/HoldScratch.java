package routes.scratch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import routes.support.TestSettings;

/** A process that uses a scratch folder until it is killed. */
final class HoldScratch {
    private HoldScratch() {}

    public static void main(String[] args) throws Exception {
        ScratchFolder scratch =
                new ScratchFolder(TestSettings.with(Map.of("CLIP_DOWNLOAD_DEST", System.getenv("CLIP_DOWNLOAD_DEST"))));
        Path job = Files.createDirectory(scratch.path().resolve("job"));
        Files.writeString(job.resolve("recording-0.mp4"), "bytes");
        System.out.println("holds " + scratch.path());
        Thread.currentThread().join();
    }
}

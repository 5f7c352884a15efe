package routes.transcode.hls;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import routes.scratch.Workspace;

/** Encrypts segments (RFC 8216, 4.3.2.4): AES-128-CBC of the whole file, its number as the initialization vector. */
@Component("segmentEncryption")
public class SegmentEncryption {
    private static final int BLOCK = 64 * 1024;

    /** @return the encrypted file, in the workspace */
    public EncryptedFile encrypt(
            @ExchangeProperty("segment") ClearFile clear,
            @Variable("conversion") Conversion conversion,
            @Variable("contentKey") ContentKey key,
            @Variable("output") OutputPath output,
            @Variable("workspace") Workspace workspace)
            throws IOException {
        String rendition = clear.rendition().name();
        Path file = workspace.file(rendition + "-encrypted.tmp");
        BigInteger iv = clear.isInit() ? ContentKey.INIT_IV : BigInteger.valueOf(clear.number());
        encrypt(clear.file(), file, key, iv);
        StreamPlan plan = conversion.plan();
        String name = clear.isInit()
                ? output.init(rendition)
                : output.file(rendition, OutputPath.segmentName(clear.number(), clear.micros(), plan.extension()));
        String type = plan.isFragmentedMp4() ? "video/mp4" : "video/mp2t";
        return new EncryptedFile(clear, new File(file.toString()), name, type, Files.size(file));
    }

    private static void encrypt(Path clear, Path encrypted, ContentKey key, BigInteger iv) throws IOException {
        byte[] in = new byte[BLOCK];
        byte[] out = new byte[BLOCK + BLOCK / 2];
        try (InputStream from = Files.newInputStream(clear);
                OutputStream to = Files.newOutputStream(encrypted)) {
            Cipher cipher = key.encryption(iv);
            for (int n = from.read(in); n >= 0; n = from.read(in)) {
                to.write(out, 0, cipher.update(in, 0, n, out));
            }
            to.write(cipher.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot encrypt with AES", e);
        }
    }
}

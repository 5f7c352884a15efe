package routes.transcode.hls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import routes.support.LocalCloud;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** A stored stream as a player reads it: by its playlists, each object decrypted with the vector that they give. */
public final class PlayedStream {
    private static final Pattern KEY =
            Pattern.compile("#EXT-X-KEY:METHOD=AES-128,URI=\"../key.key\",IV=0x([0-9a-f]{32})");
    private static final Pattern MAP = Pattern.compile("#EXT-X-MAP:URI=\"(.*)\"");
    private static final int PACKET = 188;
    private static final int SERVICES = 0x11;

    private final String bucket;
    private final OutputPath output;
    private final ContentKey key;
    private final Set<String> named = new TreeSet<>();

    public PlayedStream(String bucket, OutputPath output, ContentKey key) {
        this.bucket = bucket;
        this.output = output;
        this.key = key;
    }

    public String master() {
        named.add(output.master());
        return new String(read(output.master()), StandardCharsets.UTF_8);
    }

    /** @return the names of the renditions, as the master playlist has them */
    public List<String> renditions() {
        return master().lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('/')))
                .toList();
    }

    public String index(String rendition) {
        String name = output.prefix() + rendition + "/index.m3u8";
        named.add(name);
        return new String(read(name), StandardCharsets.UTF_8);
    }

    /** @return the rendition as one clear file */
    public Path download(String rendition, Path folder) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(rendition + "-" + System.nanoTime() + ".film");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] part : parts(rendition)) {
                out.write(part);
            }
        }
        return file;
    }

    /** @return each segment of the rendition as a clear film */
    List<Path> segments(String rendition, Path folder) throws IOException, GeneralSecurityException {
        List<byte[]> parts = parts(rendition);
        boolean hasInit = index(rendition).contains("#EXT-X-MAP");
        List<Path> files = new ArrayList<>();
        for (byte[] part : parts.subList(hasInit ? 1 : 0, parts.size())) {
            Path file = folder.resolve(rendition + "-" + System.nanoTime() + ".film");
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(hasInit ? parts.get(0) : new byte[0]);
                out.write(part);
            }
            files.add(file);
        }
        return files;
    }

    /** @return its clear initialization segment, if there is one, and its clear segments */
    private List<byte[]> parts(String rendition) throws GeneralSecurityException {
        String iv = "";
        List<byte[]> parts = new ArrayList<>();
        for (String line : index(rendition).lines().toList()) {
            Matcher keyLine = KEY.matcher(line);
            Matcher map = MAP.matcher(line);
            if (keyLine.matches()) {
                iv = keyLine.group(1);
            } else if (map.matches()) {
                parts.add(decrypted(rendition + "/" + map.group(1), iv));
            } else if (!line.startsWith("#")) {
                parts.add(decrypted(rendition + "/" + line, iv));
            }
        }
        return parts;
    }

    private byte[] decrypted(String name, String iv) throws GeneralSecurityException {
        named.add(output.prefix() + name);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key.bytes(), "AES"),
                new IvParameterSpec(HexFormat.of().parseHex(iv)));
        byte[] clear = cipher.doFinal(read(output.prefix() + name));
        return name.endsWith(".ts") ? withoutServiceNames(clear) : clear;
    }

    /** A static ffmpeg crashes when it converts their encoding. */
    public static byte[] withoutServiceNames(byte[] packets) {
        for (int at = 0; at + PACKET <= packets.length; at += PACKET) {
            int id = ((packets[at + 1] & 0x1F) << 8) | (packets[at + 2] & 0xFF);
            if (id == SERVICES) {
                packets[at + 1] |= 0x1F;
                packets[at + 2] = (byte) 0xFF;
            }
        }
        return packets;
    }

    /** @return keys of all objects that were read */
    public List<String> named() {
        return new ArrayList<>(named);
    }

    private byte[] read(String name) {
        try {
            return LocalCloud.shared()
                    .s3()
                    .getObjectAsBytes(get -> get.bucket(bucket).key(name))
                    .asByteArray();
        } catch (NoSuchKeyException e) {
            throw new AssertionError("a player asks for " + name + ", which is not stored", e);
        }
    }
}

package routes.transcode.hls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The AES-128 key of a stream. Its text never shows it. */
public final class ContentKey {
    public static final int LENGTH = 16;
    /** Of the initialization segments; larger than the number of any segment. */
    static final BigInteger INIT_IV = BigInteger.ONE.shiftLeft(LENGTH * Byte.SIZE - 1);

    private final byte[] key;

    /** @param key 16 bytes */
    public ContentKey(byte[] key) {
        if (key.length != LENGTH) {
            throw new IllegalArgumentException("a content key has " + LENGTH + " bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    /** @return a copy */
    public byte[] bytes() {
        return key.clone();
    }

    /** @return an AES-128-CBC cipher with PKCS#7 padding that encrypts */
    Cipher encryption(BigInteger iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(bigEndian(iv)));
        return cipher;
    }

    private static byte[] bigEndian(BigInteger number) {
        byte[] digits = number.toByteArray();
        byte[] iv = new byte[LENGTH];
        // a number with all 128 bits has a leading zero as its sign
        int from = Math.max(0, digits.length - LENGTH);
        System.arraycopy(digits, from, iv, LENGTH - digits.length + from, digits.length - from);
        return iv;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentKey that && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return ContentKey.class.hashCode();
    }

    @Override
    public String toString() {
        return "ContentKey";
    }
}

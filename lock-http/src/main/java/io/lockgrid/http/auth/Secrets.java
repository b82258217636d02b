package io.lockgrid.http.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is done with secrets: they are read from files, and known by their hash. */
public final class Secrets {
    private static final long FILE_BYTES_MAX = 1 << 20;

    private Secrets() {}

    /**
     * The hash that an access token is known by: SHA-256 of its UTF-8 bytes, in lower-case hexadecimal. Not a slow
     * hash: these secrets are random numbers, which nobody guesses however fast.
     */
    public static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * The bytes of a file.
     *
     * @param option that names the file, for the message
     * @throws IllegalArgumentException with one line, none of it from the file, if it cannot be read
     */
    static byte[] read(Path file, String option) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "the file " + file + " (" + option + ") is longer than " + FILE_BYTES_MAX + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + file + " (" + option + ")", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + file + " (" + option + ") cannot be read: " + e, e);
        }
    }
}

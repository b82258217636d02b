package io.lockgrid.http.auth;

import io.lockgrid.statemachine.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * The secret that a node is given in a file, so that there is somebody who can create the first access token. 16 to 512
 * printable ASCII characters, none of them a space; white space around it does not count. Read once.
 */
final class OwnerToken {
    static final Caller OWNER = new Caller("owner", Role.OWNER, Namespaces.ALL);

    private static final String OPTION = "--owner-token-file";
    private static final Pattern FORM = Pattern.compile("[!-~]{16,512}");

    private final byte[] hash;

    private OwnerToken(byte[] hash) {
        this.hash = hash;
    }

    /** @throws IllegalArgumentException with one line, none of it from the file, if it holds no such secret */
    static OwnerToken read(Path file) {
        String text = new String(Secrets.read(file, OPTION), StandardCharsets.UTF_8).strip();
        if (!FORM.matcher(text).matches() || Jwts.isForm(text)) {
            throw new IllegalArgumentException("the file " + file + " (" + OPTION
                    + ") holds no owner token: 16 to 512 printable characters without a space, and not of the form of a"
                    + " JWT; make one with: openssl rand -hex 32");
        }
        return new OwnerToken(bytes(Secrets.hash(text)));
    }

    /** Takes the same time whichever hash it is given. */
    boolean matches(String secretHash) {
        return MessageDigest.isEqual(hash, bytes(secretHash));
    }

    private static byte[] bytes(String hash) {
        return hash.getBytes(StandardCharsets.US_ASCII);
    }
}

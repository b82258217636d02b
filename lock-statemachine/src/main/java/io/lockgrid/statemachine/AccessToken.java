package io.lockgrid.statemachine;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An opaque bearer token that clients show, as every replica knows it: by its hash alone.
 *
 * <p>The secret is 256 random bits, made at the edge and told once; it is never in the log. It cannot be guessed, nor
 * found in a table made beforehand, so a hash without salt and without stretching is right: those protect secrets that
 * people choose. Without a salt a token is found by its hash in one step.
 *
 * @param name by which it is listed and revoked; 1 to {@link Limits#ACCESS_TOKEN_NAME_BYTES_MAX} bytes
 * @param hash SHA-256 of the secret's UTF-8 bytes, as 64 lower-case hexadecimal digits
 * @param role what its bearer may do
 * @param namespaces patterns of the namespaces that its bearer may use, in which {@code *} stands for any run of
 *     characters; 0 to {@link Limits#NAMESPACES_PER_ACCESS_TOKEN_MAX}, each of 1 to {@link Limits#NAME_BYTES_MAX}
 *     bytes, together at most {@link Limits#NAMESPACES_PER_ACCESS_TOKEN_BYTES_MAX}; none means every namespace
 * @param createdWallMillis wall time of the entry that created it, in ms since 1970; for people, decides nothing
 */
public record AccessToken(String name, String hash, Role role, List<String> namespaces, long createdWallMillis) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if the name, the hash or a pattern is not as described */
    public AccessToken {
        namespaces = check(name, hash, namespaces);
    }

    /** Checks the fields that a command and a token share, and returns the patterns as a list that never changes. */
    static List<String> check(String name, String hash, List<String> namespaces) {
        Limits.checkAccessTokenName(name);
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("a hash of an access token must be 64 lower-case hexadecimal digits");
        }
        if (!Limits.areNamespaces(namespaces)) {
            throw new IllegalArgumentException("the namespaces of an access token are too many, too long or not UTF-8");
        }
        return List.copyOf(namespaces);
    }
}

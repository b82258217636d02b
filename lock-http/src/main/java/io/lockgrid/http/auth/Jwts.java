package io.lockgrid.http.auth;

/** What is known of a JWT before it is looked into. */
final class Jwts {
    private Jwts() {}

    /** Whether a secret has the three parts of a signed JWT (RFC 7515, section 3.1); else it is an access token. */
    static boolean isForm(String secret) {
        return secret.chars().filter(c -> c == '.').count() == 2;
    }
}

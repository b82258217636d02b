package io.lockgrid.http.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of an identity are, as PEM.
 *
 * @param certificate own certificate, then those between it and its authority
 * @param key its private key, without a password: PKCS#8, or the older forms of RSA and EC keys
 * @param authorities certificates of the authorities one of which must have signed whoever connects; null asks nobody
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path authorities) {}

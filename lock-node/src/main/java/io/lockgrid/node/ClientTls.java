package io.lockgrid.node;

import io.lockgrid.http.tls.TlsFiles;
import io.lockgrid.http.tls.TlsKeys;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** How a client talks to nodes that serve over TLS, by PEM files like theirs. */
public final class ClientTls {
    private ClientTls() {}

    /**
     * Makes what a client of HTTP needs. Blocks.
     *
     * @param authorities one of which must have signed the nodes' certificates; null for those that Java trusts
     * @param certificate of the client, with {@code key}; null for none
     * @throws IllegalArgumentException with one line, if a file cannot be used or one of the two is missing
     */
    public static SSLContext context(@Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a certificate is of no use without its key; give both or neither");
        }
        TrustManager[] trusted = authorities == null ? null : new TrustManager[] {TlsKeys.trust(authorities)};
        KeyManager[] own = certificate == null || key == null
                ? null
                : new KeyManager[] {
                    TlsKeys.load(new TlsFiles(certificate, key, null)).keyManager()
                };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot speak TLS", e);
        }
    }
}

package io.lockgrid.node.raft;

import io.lockgrid.http.tls.TlsKeys;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts whom the authorities in the file have signed, also after the file has been replaced. */
final class PeerTrustManager extends X509ExtendedTrustManager {
    private volatile X509ExtendedTrustManager current;

    PeerTrustManager(TlsKeys first) {
        current = trust(first);
    }

    void use(TlsKeys next) {
        current = trust(next);
    }

    private static X509ExtendedTrustManager trust(TlsKeys keys) {
        return Objects.requireNonNull(keys.trustManager(), "peers are asked for their certificate");
    }

    /** Whether a client that showed this chain, now or earlier, is trusted now. */
    void checkAgain(X509Certificate[] chain) throws CertificateException {
        current.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        current.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        current.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return current.getAcceptedIssuers();
    }

    // gRPC speaks TLS through engines only.

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException();
    }
}

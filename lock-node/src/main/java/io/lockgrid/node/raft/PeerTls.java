package io.lockgrid.node.raft;

import io.lockgrid.http.tls.TlsKeys;
import io.lockgrid.http.tls.TlsWatch;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.grpc.Attributes;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.ServerTransportFilter;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;

/**
 * Mutual TLS on the Raft port, for whatever is said there. Ratis 3.3.0 reads certificates once, when it starts; given
 * managers of keys and of trust it asks them at each handshake, and these answer with what is in the files by then.
 */
final class PeerTls implements AutoCloseable {
    private final PeerKeyManager keyManager;
    private final PeerTrustManager trustManager;
    private final TlsWatch watch;

    PeerTls(TlsKeys keys) {
        keyManager = new PeerKeyManager(keys);
        trustManager = new PeerTrustManager(keys);
        watch = new TlsWatch(keys, changed -> {
            // Trust first: a certificate of a new authority is of use only to those who know it.
            trustManager.use(changed);
            keyManager.use(changed);
        });
    }

    /** Looks for new files from now on. */
    void start() {
        watch.start(TlsWatch.PERIOD);
    }

    /** Tells it to a server of Ratis and to its clients, or to a client alone. */
    void tell(Parameters parameters) {
        GrpcTlsConfig both = GrpcTlsConfig.newBuilder()
                .setKeyManager(keyManager)
                .setTrustManager(trustManager)
                .setMutualTls(true)
                // That of Java, whatever native one may be there.
                .setSslProvider(SslProvider.JDK)
                .setProtocols(TlsKeys.PROTOCOLS)
                .build();
        GrpcConfigKeys.TLS.setConf(parameters, both);
        GrpcConfigKeys.Server.setServicesCustomizer(
                parameters, (server, types) -> server.addTransportFilter(new CertificateCheck()));
    }

    /**
     * Looks at the certificate of each connection once more. A session that is taken up again is not asked for one, so
     * a client whose authority is not trusted any more would come back with an old session for a day (seen with Java
     * 25, whatever time its sessions are given).
     */
    private final class CertificateCheck extends ServerTransportFilter {
        @Override
        public Attributes transportReady(Attributes connection) {
            SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
            try {
                Certificate[] shown = Objects.requireNonNull(session).getPeerCertificates();
                trustManager.checkAgain(Arrays.copyOf(shown, shown.length, X509Certificate[].class));
                return connection;
            } catch (SSLPeerUnverifiedException | CertificateException e) {
                throw Status.UNAUTHENTICATED.withCause(e).asRuntimeException();
            }
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}

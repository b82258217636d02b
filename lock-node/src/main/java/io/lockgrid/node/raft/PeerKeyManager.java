package io.lockgrid.node.raft;

import io.lockgrid.http.tls.TlsKeys;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows this node's certificate, also after it has been replaced. A handshake chooses a name first and asks for key and
 * certificate of that name later; a name says which generation it is of, so that a replacement in between does not give
 * it the key of one and the certificate of the other.
 */
final class PeerKeyManager extends X509ExtendedKeyManager {
    private record Generation(
            int number,
            X509ExtendedKeyManager keys,
            @Nullable Generation before) {
        String name(String alias) {
            return number + "." + alias;
        }
    }

    private volatile Generation current;

    PeerKeyManager(TlsKeys first) {
        current = new Generation(0, first.keyManager(), null);
    }

    void use(TlsKeys next) {
        Generation last = current;
        current = new Generation(last.number + 1, next.keyManager(), new Generation(last.number, last.keys, null));
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        Generation now = current;
        String alias = now.keys.chooseEngineClientAlias(keyTypes, issuers, engine);
        return alias == null ? null : now.name(alias);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        Generation now = current;
        String alias = now.keys.chooseEngineServerAlias(keyType, issuers, engine);
        return alias == null ? null : now.name(alias);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String name) {
        Generation generation = generation(name);
        return generation == null ? null : generation.keys.getCertificateChain(alias(name));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String name) {
        Generation generation = generation(name);
        return generation == null ? null : generation.keys.getPrivateKey(alias(name));
    }

    private @Nullable Generation generation(String name) {
        int number = Integer.parseInt(name.substring(0, name.indexOf('.')));
        Generation generation = current;
        while (generation != null && generation.number != number) {
            generation = generation.before;
        }
        return generation;
    }

    private static String alias(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    // gRPC speaks TLS through engines only.

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        throw new UnsupportedOperationException();
    }
}

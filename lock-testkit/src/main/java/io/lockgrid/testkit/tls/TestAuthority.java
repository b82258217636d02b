package io.lockgrid.testkit.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** A certificate authority that lives as long as a test. */
public final class TestAuthority {
    private final X509Bundle root;

    /** A certificate that it has signed, for {@code localhost} and 127.0.0.1, as a server and as a client. */
    public record Issued(X509Bundle bundle) {
        public X509Certificate certificate() {
            return bundle.getCertificate();
        }

        /** Writes {@code NAME.crt} and {@code NAME.key}. */
        public void write(Path folder, String name) throws IOException {
            writeCertificate(folder, name);
            writeKey(folder, name);
        }

        public Path writeCertificate(Path folder, String name) throws IOException {
            return Files.writeString(folder.resolve(name + ".crt"), bundle.getCertificatePathPEM());
        }

        public Path writeKey(Path folder, String name) throws IOException {
            return Files.writeString(folder.resolve(name + ".key"), bundle.getPrivateKeyPEM());
        }
    }

    /** Makes one of this name. */
    public TestAuthority(String name) {
        try {
            root = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=" + name)
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes its certificate to {@code NAME.crt}. */
    public Path write(Path folder, String name) throws IOException {
        return Files.writeString(folder.resolve(name + ".crt"), root.getCertificatePEM());
    }

    /** Signs another certificate. */
    public Issued issue(String name) {
        return issue(name, "localhost", "127.0.0.1");
    }

    /** Signs another certificate, for a host of this name and address. */
    public Issued issue(String name, String host, String address) {
        try {
            return new Issued(new CertificateBuilder()
                    .rsa2048()
                    .subject("CN=" + name)
                    .addSanDnsName(host)
                    .addSanIpAddress(address)
                    .addExtendedKeyUsageServerAuth()
                    .addExtendedKeyUsageClientAuth()
                    .buildIssuedBy(root));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a client needs that trusts this authority and has no certificate of its own. */
    public SSLContext trusting() {
        return context(new KeyManager[0]);
    }

    /** What a client needs that trusts this authority and shows {@code own}. */
    public SSLContext trusting(Issued own) {
        try {
            return context(own.bundle().toKeyManagerFactory().getKeyManagers());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext context(KeyManager[] own) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, root.toTrustManagerFactory().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

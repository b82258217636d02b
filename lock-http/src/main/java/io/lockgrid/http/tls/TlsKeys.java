package io.lockgrid.http.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What the files of an identity held when they were read: a certificate, its own key, and whom to trust. */
public final class TlsKeys {
    /** Older ones are broken (RFC 8996). */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final TlsFiles files;
    private final Contents contents;
    private final X509Certificate certificate;
    private final X509ExtendedKeyManager keyManager;
    private final @Nullable X509ExtendedTrustManager trustManager;

    /** The bytes of the files, to see whether they changed. */
    record Contents(
            Buffer certificate, Buffer key, @Nullable Buffer authorities) {
        static Contents of(TlsFiles files) {
            Path authorities = files.authorities();
            return new Contents(
                    bytes(files.certificate()), bytes(files.key()), authorities == null ? null : bytes(authorities));
        }
    }

    private TlsKeys(TlsFiles files, Contents contents) {
        this.files = files;
        this.contents = contents;
        certificate = certificates(files.certificate(), contents.certificate()).getFirst();
        keyManager = keyManager(files.key(), keyCert(contents));
        Path authorities = files.authorities();
        trustManager = authorities == null || contents.authorities() == null
                ? null
                : trustManager(certificates(authorities, contents.authorities()));
    }

    /**
     * Reads the files. Blocks.
     *
     * @throws TlsFileException if one cannot be read, is not PEM, or the key is another certificate's
     */
    public static TlsKeys load(TlsFiles files) {
        return of(files, Contents.of(files));
    }

    static TlsKeys of(TlsFiles files, Contents contents) {
        TlsKeys keys = new TlsKeys(files, contents);
        if (!isPair(keys.key(), keys.certificate.getPublicKey())) {
            throw new TlsFileException("the key in " + files.key() + " is not that of the certificate in "
                    + files.certificate() + "; give the two that belong together");
        }
        return keys;
    }

    /**
     * Trusts whom the authorities in a file have signed. Blocks.
     *
     * @throws TlsFileException if it cannot be read, or is not PEM
     */
    public static X509ExtendedTrustManager trust(Path authorities) {
        return trustManager(certificates(authorities, bytes(authorities)));
    }

    /** For a server of Vert.x: TLS 1.2 and 1.3, and a certificate of the client if there are authorities. */
    public ServerSSLOptions serverOptions() {
        ServerSSLOptions options =
                new ServerSSLOptions().setKeyCertOptions(keyCert(contents)).setUseAlpn(true);
        options.setEnabledSecureTransportProtocols(Set.copyOf(PROTOCOLS));
        return trustManager == null
                ? options
                : options.setTrustOptions(TrustOptions.wrap(trustManager)).setClientAuth(ClientAuth.REQUIRED);
    }

    /** Shows the certificate, as a server and as a client. */
    public X509ExtendedKeyManager keyManager() {
        return keyManager;
    }

    /** Trusts whom the authorities have signed; null if there are none. */
    public @Nullable X509ExtendedTrustManager trustManager() {
        return trustManager;
    }

    TlsFiles files() {
        return files;
    }

    Contents contents() {
        return contents;
    }

    @Override
    public String toString() {
        return "the certificate of " + certificate.getSubjectX500Principal() + ", valid until "
                + certificate.getNotAfter().toInstant();
    }

    private @Nullable PrivateKey key() {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        String[] aliases = keyManager.getServerAliases(algorithm, null);
        return aliases == null || aliases.length == 0 ? null : keyManager.getPrivateKey(aliases[0]);
    }

    private static boolean isPair(@Nullable PrivateKey key, PublicKey of) {
        if (key == null || !key.getAlgorithm().equals(of.getAlgorithm())) {
            return false;
        }
        byte[] text = "LockGrid".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(of);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static PemKeyCertOptions keyCert(Contents contents) {
        return new PemKeyCertOptions().addKeyValue(contents.key()).addCertValue(contents.certificate());
    }

    private static X509ExtendedKeyManager keyManager(Path file, PemKeyCertOptions keyCert) {
        try {
            // Given values instead of paths it reads no file, and so needs no Vert.x to read with.
            return (X509ExtendedKeyManager) keyCert.getKeyManagerFactory(null).getKeyManagers()[0];
        } catch (Exception e) {
            throw unusable(file, e);
        }
    }

    private static X509ExtendedTrustManager trustManager(List<X509Certificate> authorities) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (X509Certificate authority : authorities) {
                trusted.setCertificateEntry("authority-" + trusted.size(), authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot trust anybody", e);
        }
    }

    private static List<X509Certificate> certificates(Path file, Buffer pem) {
        List<? extends Certificate> all;
        try {
            all = List.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes())));
        } catch (CertificateException e) {
            throw unusable(file, e);
        }
        if (all.isEmpty()) {
            throw unusable(file, new CertificateException("it holds no certificate"));
        }
        return all.stream().map(X509Certificate.class::cast).toList();
    }

    private static Buffer bytes(Path file) {
        try {
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new TlsFileException("there is no file " + file + "; give the PEM file of a certificate or key", e);
        } catch (IOException e) {
            throw new TlsFileException("the file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static TlsFileException unusable(Path file, Exception cause) {
        String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new TlsFileException(
                "the file " + file + " cannot be used for TLS (" + why
                        + "); a certificate or a key without a password is needed, as PEM",
                cause);
    }
}

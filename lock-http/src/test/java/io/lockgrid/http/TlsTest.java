package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.http.tls.TlsFiles;
import io.lockgrid.testkit.LocalLockService;
import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.tls.TestAuthority;
import io.lockgrid.testkit.tls.TestAuthority.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The port over TLS: who is served, with what, and a certificate that is replaced. */
class TlsTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("authority");
    private static final String LOCK = "{\"resourceId\":\"r\",\"lockOwner\":\"o\",\"expiryInSeconds\":1}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void everyVersionOfHttpIsServedOverTls(HttpClient.Version version) throws Exception {
        try (TestApi api = start(serverFiles());
                HttpClient client = client(AUTHORITY.trusting(), version)) {
            HttpRequest request = HttpRequest.newBuilder(uri(api, "/v1.0-alpha1/lock/s"))
                    .POST(HttpRequest.BodyPublishers.ofString(LOCK))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("{\"success\":true}");
            assertThat(response.version()).isEqualTo(version);
        }
    }

    @Test
    void grpcIsServedOverTls() throws Exception {
        try (TestApi api = start(serverFiles());
                GrpcClient client = GrpcClient.trusting(AUTHORITY.write(folder, "authority"), api.api.port())) {
            assertThat(client.lock("store", "r", "me", 60).value()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void todaysVersionsOfTlsAreSpoken(String version) throws Exception {
        try (TestApi api = start(serverFiles())) {
            assertThat(handshake(api, AUTHORITY.trusting(), version)).isEqualTo("CN=node");
        }
    }

    @Test
    void olderVersionsOfTlsAreNot() throws Exception {
        try (TestApi api = start(serverFiles())) {
            assertThatThrownBy(() -> handshake(api, AUTHORITY.trusting(), "TLSv1.1"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void plainTextGetsNoAnswerFromAPortOfTls() throws Exception {
        LocalLockService locks = new LocalLockService();
        try (TestApi api = TestApi.start(TestApi.CONFIG.withTls(serverFiles()), locks);
                RawHttp plain = api.connect()) {
            plain.request("POST /v1.0-alpha1/lock/s", List.of(), LOCK.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(plain::response).isInstanceOf(Exception.class);
            assertThat(locks.status().appliedIndex()).isZero();
        }
    }

    @Test
    void onlyAClientWithACertificateOfTheAuthorityIsServed() throws Exception {
        TlsFiles files = serverFiles();
        TlsFiles mutual = new TlsFiles(files.certificate(), files.key(), AUTHORITY.write(folder, "clients"));
        try (TestApi api = start(mutual)) {
            assertThat(status(api, AUTHORITY.trusting(AUTHORITY.issue("client"))))
                    .isEqualTo(200);
            Issued stranger = new TestAuthority("another").issue("client");
            assertThatThrownBy(() -> status(api, AUTHORITY.trusting(stranger))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> status(api, AUTHORITY.trusting())).isInstanceOf(IOException.class);
        }
    }

    /** With the pace of a real node: the new files are seen within {@link io.lockgrid.http.tls.TlsWatch#PERIOD}. */
    @Test
    void aCertificateThatIsReplacedIsUsedWithoutARestart() throws Exception {
        TlsFiles files = serverFiles();
        try (TestApi api = start(files);
                HttpClient client = client(AUTHORITY.trusting(), HttpClient.Version.HTTP_2)) {
            HttpRequest request = HttpRequest.newBuilder(uri(api, "/livez")).build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);

            AUTHORITY.issue("renewed").write(folder, "node");
            Await.until(
                    () -> shown(api).equals("CN=renewed"), Duration.ofSeconds(20), () -> "the old one is shown still");
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .as("on the connection that was there before")
                    .isEqualTo(200);
        }
    }

    @Test
    void aFileThatIsMissingIsAFailureOfTheStart() {
        TlsFiles absent = new TlsFiles(folder.resolve("a.crt"), folder.resolve("a.key"), null);
        assertThatThrownBy(() -> start(absent).close()).hasMessageContaining("there is no file");
        assertThat(Files.exists(absent.key())).isFalse();
    }

    private TlsFiles serverFiles() throws IOException {
        AUTHORITY.issue("node").write(folder, "node");
        return new TlsFiles(folder.resolve("node.crt"), folder.resolve("node.key"), null);
    }

    private static TestApi start(TlsFiles files) throws Exception {
        return TestApi.start(TestApi.CONFIG.withTls(files), new LocalLockService());
    }

    private static int status(TestApi api, SSLContext context) throws Exception {
        try (HttpClient client = client(context, HttpClient.Version.HTTP_1_1)) {
            return client.send(
                            HttpRequest.newBuilder(uri(api, "/livez")).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static String shown(TestApi api) {
        try {
            return handshake(api, AUTHORITY.trusting(), "TLSv1.3");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name on the certificate that a new connection is shown. */
    private static String handshake(TestApi api, SSLContext context, String version) throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), api.api.port());
                SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", api.api.port(), true)) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().toString();
        }
    }

    private static URI uri(TestApi api, String path) {
        return URI.create("https://localhost:" + api.api.port() + path);
    }

    private static HttpClient client(SSLContext context, HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(context)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
    }
}

package io.lockgrid.node.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.http.tls.TlsFiles;
import io.lockgrid.http.tls.TlsKeys;
import io.lockgrid.node.PeerList;
import io.lockgrid.node.TestGrid;
import io.lockgrid.node.raft.LogSender.Sent;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.testkit.tls.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Raft port over mutual TLS: whoever has no certificate of the authority says nothing there. */
@Tag("grid")
class PeerTlsTest {
    private final TestAuthority nodes = new TestAuthority("nodes");
    private final TestAuthority others = new TestAuthority("others");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeCertificates() throws IOException {
        nodes.write(folder, "ca");
        others.write(folder, "others-ca");
        for (String id : new String[] {"n1", "n2", "n3", "client"}) {
            nodes.issue(id).write(folder, id);
        }
        others.issue("stranger").write(folder, "stranger");
    }

    @Test
    void onlyAClientWithACertificateOfTheAuthorityWritesTheLog() throws Exception {
        try (MemberGrid grid = grid()) {
            grid.startAll();
            // A leader may be ready just before its own first entry counts as applied.
            grid.appendEntries(1);
            long before = grid.member(grid.awaitLeader()).position().index();

            assertThatThrownBy(() -> write(grid, client(null))).as("plain text").isInstanceOf(Exception.class);
            TlsKeys stranger = keys("stranger", "ca");
            assertThatThrownBy(() -> write(grid, client(stranger)))
                    .as("another authority")
                    .isInstanceOf(Exception.class);
            assertThat(grid.member(grid.awaitLeader()).position().index()).isEqualTo(before);

            assertThat(write(grid, client(keys("client", "ca"))).isSuccess()).isTrue();
            assertThat(grid.member(grid.awaitLeader()).position().index()).isGreaterThan(before);
        }
    }

    @Test
    void aNodeOfAnotherAuthorityHasNoPartInTheGrid() throws Exception {
        others.issue("n3").write(folder, "n3");
        try (MemberGrid grid = grid()) {
            grid.peerKeys(id -> keys(id, id.equals("n3") ? "others-ca" : "ca"));
            grid.startAll();
            assertThat(grid.run(acquire("a"))).isInstanceOf(Outcome.Granted.class);
            long term = grid.member(grid.awaitLeader()).term();

            Sent sent = grid.member("n3")
                    .sender()
                    .send(Optional.empty())
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(sent).isNotInstanceOf(Sent.Applied.class);
            assertThat(grid.member("n3").leader()).isEmpty();
            assertThat(grid.member("n3").position().space().heldCount()).isZero();
            assertThat(grid.run(acquire("b"))).isInstanceOf(Outcome.Granted.class);
            assertThat(grid.member(grid.awaitLeader()).term())
                    .as("it does not disturb the others either")
                    .isEqualTo(term);
        }
    }

    /** With the pace of a real node; all three are given another authority, and none is told. */
    @Test
    void certificatesAreReplacedWithoutARestart() throws Exception {
        try (MemberGrid grid = grid()) {
            grid.startAll();
            SSLContext old = nodes.trusting(nodes.issue("client"));
            assertThat(shown(grid, "n1", old)).isEqualTo("CN=n1");

            SSLContext renewed = others.trusting(others.issue("client"));
            others.write(folder, "ca");
            for (String id : new String[] {"n1", "n2", "n3"}) {
                others.issue("renewed " + id).write(folder, id);
            }
            TestGrid.await(
                    "the new certificates on all nodes",
                    () -> grid.peers.peers().stream().allMatch(peer -> isShown(grid, peer.id(), renewed)));
            assertThatThrownBy(() -> shown(grid, "n1", old)).isInstanceOf(IOException.class);

            String follower = grid.anyFollower();
            grid.stop(follower);
            grid.start(follower);
            TestGrid.await(
                    "the follower to find its leader",
                    () -> grid.member(follower).leader().isPresent());
            assertThat(grid.run(acquire("a"))).isInstanceOf(Outcome.Granted.class);
            grid.awaitSameEverywhere();
        }
    }

    @Test
    void aClientThatIsNotTrustedAnyMoreDoesNotComeBackWithAnOldSession() throws Exception {
        try (MemberGrid grid = grid()) {
            grid.startAll();
            // It keeps its sessions from one connection to the next.
            GrpcFactory client = client(keys("client", "ca"));
            assertThat(write(grid, client).isSuccess()).isTrue();

            others.write(folder, "ca");
            SSLContext renewed = nodes.trusting(others.issue("client"));
            String leader = grid.awaitLeader();
            TestGrid.await("the new authority", () -> isShown(grid, leader, renewed));
            assertThatThrownBy(() -> write(grid, client)).isInstanceOf(Exception.class);
        }
    }

    @Test
    void aNameOfAKeyStaysThatKeysThoughTheFilesChange() throws Exception {
        TlsKeys first = keys("n1", "ca");
        TlsKeys second = keys("n2", "ca");
        PeerKeyManager manager = new PeerKeyManager(first);
        String name = manager.chooseEngineServerAlias(
                "RSA", null, SSLContext.getDefault().createSSLEngine());
        manager.use(second);
        X509Certificate certificate = manager.getCertificateChain(name)[0];
        assertThat(certificate.getSubjectX500Principal()).hasToString("CN=n1");
        assertThat(manager.getPrivateKey(name)).isNotNull();
        String next = manager.chooseEngineServerAlias(
                "RSA", null, SSLContext.getDefault().createSSLEngine());
        assertThat(manager.getCertificateChain(next)[0].getSubjectX500Principal())
                .hasToString("CN=n2");
    }

    private MemberGrid grid() {
        MemberGrid grid = new MemberGrid(3, folder.resolve("data"), 1_000);
        grid.peerKeys(id -> keys(id, "ca"));
        return grid;
    }

    private TlsKeys keys(String name, String authority) {
        return TlsKeys.load(new TlsFiles(
                folder.resolve(name + ".crt"), folder.resolve(name + ".key"), folder.resolve(authority + ".crt")));
    }

    private static Command acquire(String lock) {
        return new Command.TryAcquire(new LockName("test", lock), lock, new Holder("test", lock), 60_000);
    }

    private static GrpcFactory client(@Nullable TlsKeys keys) {
        Parameters parameters = new Parameters();
        if (keys != null) {
            try (PeerTls tls = new PeerTls(keys)) {
                tls.tell(parameters);
            }
        }
        return new GrpcFactory(parameters);
    }

    /** Sends a batch to the leader, as a member does. */
    private static RaftClientReply write(MemberGrid grid, GrpcFactory client) throws Exception {
        RaftPeerId leader = RaftPeerId.valueOf(grid.awaitLeader());
        ClientId id = ClientId.randomId();
        try (RaftClientRpc rpc = client.newRaftClientRpc(id, new RaftProperties())) {
            rpc.addRaftPeers(RaftPeer.newBuilder()
                    .setId(leader)
                    .setAddress(address(grid, leader.toString()))
                    .build());
            RaftClientRequest request = RaftClientRequest.newBuilder()
                    .setClientId(id)
                    .setServerId(leader)
                    .setGroupId(RaftMember.group(MemberGrid.CLUSTER, grid.peers).getGroupId())
                    .setCallId(1)
                    .setMessage(Message.EMPTY)
                    .setType(RaftClientRequest.readRequestType(true))
                    .build();
            return rpc.sendRequestAsyncUnordered(request).get(20, TimeUnit.SECONDS);
        }
    }

    private static String address(MemberGrid grid, String id) {
        return grid.peers.peers().stream()
                .filter(peer -> peer.id().equals(id))
                .map(PeerList.Peer::address)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isShown(MemberGrid grid, String id, SSLContext context) {
        try {
            return !shown(grid, id, context).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whose certificate a Raft port shows, once it has accepted ours, which its first frame of HTTP/2 tells. */
    private static String shown(MemberGrid grid, String id, SSLContext context) throws IOException {
        String address = address(grid, id);
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
                SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true)) {
            socket.setSoTimeout(10_000);
            SSLParameters h2 = socket.getSSLParameters();
            h2.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(h2);
            socket.startHandshake();
            if (socket.getInputStream().read() < 0) {
                throw new IOException("the port closed the connection");
            }
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .toString();
        }
    }
}

package io.lockgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a folder is, and what is said when it is somebody else's. Every message is one line. */
class DataFolderTest {
    private static final PeerList PEERS = PeerList.parse("n1=h1:7801,n2=h2:7801,n3=h3:7801");

    @TempDir
    Path folder;

    @Test
    void aFolderKnowsItsNodeAgain() throws IOException {
        join("n1", PEERS);
        try (DataFolder again = DataFolder.open(folder, "n1", PEERS)) {
            assertThat(again.member().hasJoined()).isTrue();
        }
    }

    @Test
    void theOrderOfThePeersDoesNotMatter() throws IOException {
        join("n1", PEERS);
        DataFolder.open(folder, "n1", PeerList.parse("n3=h3:7801,n1=h1:7801,n2=h2:7801"))
                .close();
    }

    @Test
    void anotherNodesFolderIsRefused() throws IOException {
        join("n1", PEERS);
        assertRefused("n2", PEERS, "belongs to node n1, not to n2");
    }

    @Test
    void anotherClustersFolderIsRefused() throws IOException {
        join("n1", PEERS);
        assertRefused("n1", PeerList.parse("n1=h1:7801,n2=h9:7801,n3=h3:7801"), "belongs to the cluster n1=h1:7801");
    }

    @Test
    void aFolderInUseIsRefused() throws IOException {
        try (DataFolder first = DataFolder.open(folder, "n1", PEERS)) {
            assertRefused(first.member().id(), PEERS, "is in use by another process");
        }
    }

    @Test
    void aFolderOfSomethingElseIsRefused() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        assertRefused("n1", PEERS, "is not a node's: it holds thesis.txt");
    }

    @Test
    void aNodeThatLostItsLogIsRefused() throws IOException {
        join("n1", PEERS);
        Files.delete(folder.resolve("raft").resolve("log"));
        assertRefused("n1", PEERS, "node n1 lost its log");
    }

    @Test
    void aFirstStartThatWasCutShortCanBeMadeAgain() {
        DataFolder.open(folder, "n1", PEERS).close();
        try (DataFolder again = DataFolder.open(folder, "n1", PEERS)) {
            assertThat(again.member().hasJoined()).isFalse();
        }
    }

    private void join(String id, PeerList peers) throws IOException {
        try (DataFolder opened = DataFolder.open(folder, id, peers)) {
            Files.createDirectories(opened.raft());
            Files.writeString(opened.raft().resolve("log"), "entries");
            opened.markJoined();
        }
    }

    private void assertRefused(String id, PeerList peers, String why) {
        assertThatThrownBy(() -> DataFolder.open(folder, id, peers))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(folder.toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}

package io.lockgrid.cli;

import io.lockgrid.node.NodeConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a node about certificates. */
final class TlsOptions {
    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = {
                "PEM file with the certificate of the HTTP port, then those between it and its authority."
                        + " Default: none, the port serves plain text.",
                "With it the port speaks TLS 1.2 and 1.3 only. A changed file is used for new connections within"
                        + " seconds, without a restart; so are those of all options here."
            })
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "PEM file with the private key of --tls-cert, without a password.")
    private @Nullable Path key;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description = {
                "PEM file with the certificates of authorities. Default: none, no client is asked for a certificate.",
                "With it only clients that show a certificate signed by one of them are served."
            })
    private @Nullable Path clientAuthorities;

    @Option(
            names = "--peer-tls-cert",
            paramLabel = "FILE",
            description = {
                "PEM file with the certificate of this node's Raft port, for the host that --peers names for it, then"
                        + " those between it and its authority.",
                "With it the nodes talk to each other by mutual TLS only. All three --peer-tls files or none, and the"
                        + " same choice on every node."
            })
    private @Nullable Path peerCertificate;

    @Option(
            names = "--peer-tls-key",
            paramLabel = "FILE",
            description = "PEM file with the private key of --peer-tls-cert, without a password.")
    private @Nullable Path peerKey;

    @Option(
            names = "--peer-tls-ca",
            paramLabel = "FILE",
            description = {
                "PEM file with the certificates of authorities that sign for the nodes of this grid.",
                "Whoever has a certificate of theirs can write the log: let them sign for nothing else."
            })
    private @Nullable Path peerAuthorities;

    @Option(
            names = "--peer-tls",
            paramLabel = "on|off",
            defaultValue = "on",
            description = {
                "on: nodes of other machines are talked to only if there are --peer-tls files."
                        + " Default: ${DEFAULT-VALUE}.",
                "off: in plain text, and whoever reaches the Raft port can write the log."
            })
    private Peering peering = Peering.on;

    /** As it is written. */
    private enum Peering {
        on,
        off
    }

    /** How the addresses of the HTTP port begin. */
    String scheme() {
        return certificate == null ? "http" : "https";
    }

    void tell(NodeConfig.Builder node) {
        node.tls(certificate, key, clientAuthorities).peerTls(peerCertificate, peerKey, peerAuthorities);
        if (peering == Peering.off) {
            node.peersInPlainText();
        }
    }
}

package io.lockgrid.cli;

import io.lockgrid.node.ClientTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the grid is, and who asks: the options of every verb that is a client of its nodes. */
final class GridOptions {
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--nodes",
            split = ",",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:7701,http://127.0.0.1:7702,http://127.0.0.1:7703",
            description = {
                "HTTP address of every node of the grid, with or without http://, or with https:// for TLS.",
                "A quorum is more than half of them.",
                "Also the variable LOCKGRID_NODES. Default: ports 7701, 7702 and 7703 of 127.0.0.1."
            })
    private List<String> nodes = new ArrayList<>();

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = {
                "What this verb shows to the nodes to say who asks: an access token, the owner token or a JWT.",
                "Better the variable LOCKGRID_TOKEN: others on this machine can read the arguments of a command."
            })
    private @Nullable String token;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "PEM file with the authorities that sign for the nodes, for https:// addresses."
                    + " Default: those that Java trusts.")
    private @Nullable Path authorities;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "PEM file with the certificate that is shown to nodes which ask for one.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file with the private key of --tls-cert.")
    private @Nullable Path key;

    /** Who sends the requests; the caller closes it. */
    HttpClient client() {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(NodeAnswer.PATIENCE);
        if (authorities != null || certificate != null || key != null) {
            try {
                client.sslContext(ClientTls.context(authorities, certificate, key));
            } catch (IllegalArgumentException e) {
                throw wrong(e.getMessage() + " (--tls-ca, --tls-cert, --tls-key)");
            }
        }
        return client.build();
    }

    /** The address of each node, once. */
    List<URI> addresses() {
        return nodes.stream().map(this::address).distinct().toList();
    }

    /** A request to one node, as whoever asks. */
    HttpRequest.Builder request(URI node, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve(path));
        if (token == null) {
            return request;
        }
        if (!TOKEN.matcher(token).matches()) {
            throw wrong("a token is one word of visible ASCII characters (--token or LOCKGRID_TOKEN)");
        }
        return request.header("Authorization", "Bearer " + token);
    }

    /** Whether a token is shown. */
    boolean hasToken() {
        return token != null;
    }

    private URI address(String text) {
        String url = text.strip();
        try {
            URI address = URI.create(url.contains("://") ? url : "http://" + url);
            if (List.of("http", "https").contains(address.getScheme()) && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Not an address: said below.
        }
        throw wrong("\"" + text + "\" is not the address of a node; write --nodes http://host1:7701,http://host2:7701");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(
                Objects.requireNonNull(spec, "picocli injects it").commandLine(), message);
    }
}

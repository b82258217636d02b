package io.lockgrid.cli;

import io.lockgrid.node.NodeConfig;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of a node about how much its HTTP port takes, and for how long it waits. */
final class LimitOptions {
    @Option(
            names = "--connections-max",
            paramLabel = "NUMBER",
            defaultValue = "10000",
            description = {
                "HTTP connections at once, from 1 on. Default: ${DEFAULT-VALUE}.",
                "One more is closed as it is accepted; the others are not touched.",
                "The process needs as many open files."
            })
    private int connections;

    @Option(
            names = "--header-bytes-max",
            paramLabel = "BYTES",
            defaultValue = "16384",
            description = "Header fields of a request together, in bytes: 1024 to 1048576. Default: ${DEFAULT-VALUE}."
                    + " Longer ones are answered 431.")
    private int headerBytes;

    @Option(
            names = "--url-bytes-max",
            paramLabel = "BYTES",
            defaultValue = "16384",
            description = "Request line, or path and query in HTTP/2, in bytes: 1024 to 1048576."
                    + " Default: ${DEFAULT-VALUE}. A longer one is answered 414.")
    private int urlBytes;

    @Option(
            names = "--streams-max",
            paramLabel = "NUMBER",
            defaultValue = "100",
            description = {
                "Requests in flight of one HTTP/2 connection: 1 to 100000. Default: ${DEFAULT-VALUE}.",
                "One more is refused by itself. HTTP/1.1 has one; what is sent ahead waits."
            })
    private int streams;

    @Option(
            names = "--requests-in-flight-max",
            paramLabel = "NUMBER",
            defaultValue = "10000",
            description = {
                "Requests in flight of all connections, from 1 on. Default: ${DEFAULT-VALUE}.",
                "One more is answered 503 with Retry-After; probes of health are always answered."
            })
    private int requestsInFlight;

    @Option(
            names = "--head-timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            description =
                    "From the first byte of a request, or of a TLS handshake, to the end of its header fields: from"
                            + " 1ms on. Default: ${DEFAULT-VALUE}. Then the connection is closed.")
    private Duration head = Duration.ZERO;

    @Option(
            names = "--body-timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "From the header fields of a request to the end of its body: from 1ms on."
                    + " Default: ${DEFAULT-VALUE}. A slower one is answered 408.")
    private Duration body = Duration.ZERO;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "A connection on which nothing moves for so long is closed: from 1ms on."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration idle = Duration.ZERO;

    void tell(NodeConfig.Builder node) {
        node.limits(connections, headerBytes, urlBytes, streams, requestsInFlight)
                .timeouts(head, body, idle);
    }
}

package io.lockgrid.bench.driver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the processes of this machine that listen at addresses, as far as Linux tells in {@code /proc}. */
public final class Listeners {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";

    private Listeners() {}

    /** The process ids, in order; none for a server elsewhere, of another user, or where there is no {@code /proc}. */
    public static List<Long> processes(List<URI> servers) {
        Set<String> sockets = new HashSet<>();
        for (URI server : servers) {
            if (isLoopback(server.getHost())) {
                sockets.addAll(sockets(server.getPort()));
            }
        }
        if (sockets.isEmpty()) {
            return List.of();
        }
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(process -> holdsOne(process, sockets))
                .sorted()
                .toList();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Columns of a line: number, local address, remote address, state, …, and tenth the inode. */
    private static Set<String> sockets(int port) {
        String ending = String.format(":%04X", port);
        Set<String> found = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : lines(PROC.resolve("net").resolve(table))) {
                String[] columns = line.strip().split("\\s+", -1);
                if (columns.length > 9 && columns[1].endsWith(ending) && columns[3].equals(LISTEN)) {
                    found.add("socket:[" + columns[9] + "]");
                }
            }
        }
        return found;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean holdsOne(long process, Set<String> sockets) {
        try (Stream<Path> files =
                Files.list(PROC.resolve(Long.toString(process)).resolve("fd"))) {
            return files.anyMatch(file -> sockets.contains(target(file)));
        } catch (IOException e) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}

package io.lockgrid.node;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The nodes of a cluster: ids and the addresses of their Raft ports, sorted by id, so that the same nodes make the same
 * list in whatever order they were written.
 */
public final class PeerList {
    /** Most nodes that a cluster may have: more make every commit slower and none of them safer. */
    private static final int NODES_MAX = 9;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]+):(\\d{1,5})");

    private final TreeMap<String, String> addressById = new TreeMap<>();

    /** One node of the list. */
    public record Peer(String id, String address) {}

    private PeerList() {}

    /**
     * Reads {@code n1=host1:7801,n2=host2:7801,n3=host3:7801}.
     *
     * @throws NodeStartException if it is anything else, or names a node or an address twice
     */
    public static PeerList parse(String text) {
        return parse("--peers", text);
    }

    /**
     * The same for another option.
     *
     * @param option its name, for the error
     */
    public static PeerList parse(String option, String text) {
        PeerList list = new PeerList();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String id = equals < 0 ? "" : part.substring(0, equals).strip();
            String address = part.substring(equals + 1).strip();
            if (!ID.matcher(id).matches() || !isAddress(address)) {
                throw new NodeStartException("\"" + part + "\" is not the address of a node; write " + option
                        + " n1=host1:7801,n2=host2:7801,n3=host3:7801");
            }
            if (list.addressById.containsValue(address) || list.addressById.put(id, address) != null) {
                throw new NodeStartException(option + " names " + part.strip() + " twice");
            }
        }
        if (list.addressById.size() > NODES_MAX) {
            throw new NodeStartException("a cluster has at most " + NODES_MAX + " nodes");
        }
        return list;
    }

    private static boolean isAddress(String text) {
        var address = ADDRESS.matcher(text);
        if (!address.matches()) {
            return false;
        }
        int port = Integer.parseInt(address.group(2));
        return port >= 1 && port <= 65_535;
    }

    /** Whether the list has a node of this id. */
    public boolean contains(String id) {
        return addressById.containsKey(id);
    }

    /** The ids, in ascending order. */
    public Set<String> ids() {
        return Collections.unmodifiableSet(addressById.keySet());
    }

    /** Whether only this machine can reach the nodes. */
    public boolean areOnThisMachine() {
        return addressById.values().stream().allMatch(PeerList::isLoopback);
    }

    /**
     * By its text: many a host's own name stands for a loopback address in its own hosts file, and means all others.
     *
     * @param address host and port
     */
    public static boolean isLoopback(String address) {
        String host = address.substring(0, address.lastIndexOf(':'));
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /** In ascending order of the ids. */
    public List<Peer> peers() {
        return addressById.entrySet().stream()
                .map((Map.Entry<String, String> peer) -> new Peer(peer.getKey(), peer.getValue()))
                .toList();
    }

    /** The form that {@link #parse} reads, sorted. */
    @Override
    public String toString() {
        return String.join(
                ",", peers().stream().map(p -> p.id() + "=" + p.address()).toList());
    }
}

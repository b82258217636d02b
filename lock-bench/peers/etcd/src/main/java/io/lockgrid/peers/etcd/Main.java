package io.lockgrid.peers.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Lock;
import io.lockgrid.peers.loop.ClosedLoop;
import io.lockgrid.peers.loop.Peer;
import io.lockgrid.peers.loop.Plan;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** etcd's lock service through jetcd: a connection to each server, the clients spread over them. */
public final class Main {
    /** Longer than any run, so that no lease need be kept alive. */
    private static final long LEASE_SECONDS = 600;

    private Main() {}

    /** See {@link Plan}. */
    public static void main(String[] arguments) throws Exception {
        ClosedLoop.main(arguments, Main::open);
    }

    private static Peer open(Plan plan) {
        List<Client> servers = plan.addresses().stream()
                .map(address -> Client.builder().endpoints("http://" + address).build())
                .toList();
        return (name, client) -> {
            Client server = servers.get(client % servers.size());
            // A lease for each client: two that share one would hold a lock together.
            long lease = server.getLeaseClient().grant(LEASE_SECONDS).get().getID();
            return new EtcdMutex(server.getLockClient(), ByteSequence.from(name, StandardCharsets.UTF_8), lease);
        };
    }

    private static final class EtcdMutex implements Peer.Mutex {
        private final Lock locks;
        private final ByteSequence name;
        private final long lease;
        private ByteSequence key = ByteSequence.EMPTY;

        EtcdMutex(Lock locks, ByteSequence name, long lease) {
            this.locks = locks;
            this.name = name;
            this.lease = lease;
        }

        @Override
        public void acquire() throws Exception {
            key = locks.lock(name, lease).get().getKey();
        }

        @Override
        public void release() throws Exception {
            locks.unlock(key).get();
        }
    }
}

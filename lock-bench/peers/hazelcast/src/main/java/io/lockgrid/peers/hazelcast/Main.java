package io.lockgrid.peers.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.cp.lock.FencedLock;
import io.lockgrid.peers.loop.ClosedLoop;
import io.lockgrid.peers.loop.Peer;
import io.lockgrid.peers.loop.Plan;

/** Hazelcast's FencedLock through its client. The kind is the name of the cluster, which a client checks. */
public final class Main {
    private Main() {}

    /** See {@link Plan}. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("hazelcast.logging.type", "none");
        ClosedLoop.main(arguments, Main::open);
    }

    private static Peer open(Plan plan) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(plan.kind());
        config.getNetworkConfig().addAddress(plan.addresses().toArray(String[]::new));
        HazelcastInstance hazelcast = HazelcastClient.newHazelcastClient(config);
        return (name, client) -> {
            FencedLock lock = hazelcast.getCPSubsystem().getLock(name);
            return new Peer.Mutex() {
                @Override
                public void acquire() {
                    lock.lock();
                }

                @Override
                public void release() {
                    lock.unlock();
                }
            };
        };
    }
}

package io.lockgrid.peers.redis;

import io.lockgrid.peers.loop.ClosedLoop;
import io.lockgrid.peers.loop.Peer;
import io.lockgrid.peers.loop.Plan;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Redis through Redisson: its lock or, as kind {@code fair}, its fair lock. */
public final class Main {
    /** Longer than any wait, and given, so that no watchdog renews it. */
    private static final long LEASE_SECONDS = 60;

    private Main() {}

    /** See {@link Plan}. */
    public static void main(String[] arguments) throws Exception {
        ClosedLoop.main(arguments, Main::open);
    }

    private static Peer open(Plan plan) {
        Config config = new Config();
        config.useSingleServer().setAddress("redis://" + plan.addresses().getFirst());
        RedissonClient redis = Redisson.create(config);
        return (name, client) -> {
            RLock lock = plan.kind().equals("fair") ? redis.getFairLock(name) : redis.getLock(name);
            return new Peer.Mutex() {
                @Override
                public void acquire() {
                    lock.lock(LEASE_SECONDS, TimeUnit.SECONDS);
                }

                @Override
                public void release() {
                    lock.unlock();
                }
            };
        };
    }
}

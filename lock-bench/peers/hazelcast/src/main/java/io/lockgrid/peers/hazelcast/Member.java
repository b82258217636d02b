package io.lockgrid.peers.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.util.concurrent.TimeUnit;

/** One of the members whose CP subsystem keeps the locks: in memory, since its log on disk is not free. */
public final class Member {
    private static final long DISCOVERY_MAX_SECONDS = 60;

    private Member() {}

    /** Starts it; the arguments are the name of the cluster, its own port, and the address of each member. */
    public static void main(String[] arguments) throws Exception {
        Config config = new Config();
        config.setClusterName(arguments[0]);
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getNetworkConfig().setPort(Integer.parseInt(arguments[1])).setPortAutoIncrement(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        int members = arguments.length - 2;
        for (int i = 0; i < members; i++) {
            join.getTcpIpConfig().addMember(arguments[2 + i]);
        }
        config.getCPSubsystemConfig().setCPMemberCount(members).setGroupSize(members);
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
        boolean discovered = member.getCPSubsystem()
                .getCPSubsystemManagementService()
                .awaitUntilDiscoveryCompleted(DISCOVERY_MAX_SECONDS, TimeUnit.SECONDS);
        System.out.println(discovered ? "ready" : "the CP members did not find each other");
    }
}

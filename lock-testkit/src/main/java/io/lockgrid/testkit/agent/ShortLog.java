package io.lockgrid.testkit.agent;

import net.bytebuddy.asm.Advice;
import org.apache.ratis.conf.RaftProperties;

/** See {@link AgentJar#SHORT_LOG}. */
public final class ShortLog {
    /** The change. */
    public static final Change CHANGE = new Change("io.lockgrid.node.raft.RaftSettings", "of", ShortLog.class);

    private ShortLog() {}

    @Advice.OnMethodExit
    static void after(@Advice.Return RaftProperties properties) {
        properties.set("raft.server.log.segment.size.max", "16KB");
        properties.set("raft.server.log.preallocated.size", "0");
        properties.set("raft.server.log.purge.gap", "1");
    }
}

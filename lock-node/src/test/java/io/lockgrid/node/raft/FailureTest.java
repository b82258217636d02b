package io.lockgrid.node.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.node.clock.LeaderClock;
import io.lockgrid.node.raft.LockStateMachine.Observer;
import io.lockgrid.statemachine.Event;
import io.lockgrid.statemachine.LockSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

/** Failures that a node must not live on with: it would hold a vote, and serve requests with no log behind them. */
class FailureTest {
    private static final Observer NOBODY = new Observer() {
        @Override
        public boolean applied(LockSpace space, List<Event> events, long index) {
            return false;
        }

        @Override
        public void replaced(LockSpace space, long index) {
            // Nobody follows.
        }

        @Override
        public void leadershipChanged() {
            // Nobody follows.
        }
    };

    private final List<String> fatal = new ArrayList<>();
    private final LockStateMachine stateMachine = new LockStateMachine(
            new LeaderClock(System::nanoTime), () -> 0, NOBODY, (what, cause) -> fatal.add(what), 1_000);

    @Test
    void aLogThatCannotBeWrittenEndsTheNode() {
        stateMachine.notifyLogFailed(new IOException("No space left on device"), LogEntryProto.getDefaultInstance());
        assertThat(fatal).singleElement().asString().contains("log").contains("No space left on device");
    }

    @Test
    void anEntryThatCannotBeAppliedEndsTheNodeAndIsNotSkipped() {
        LogEntryProto entry = LogEntryProto.newBuilder()
                .setTerm(1)
                .setIndex(7)
                .setStateMachineLogEntry(
                        StateMachineLogEntryProto.newBuilder().setLogData(ByteString.copyFromUtf8("no entry")))
                .build();
        TransactionContext context = TransactionContext.newBuilder()
                .setServerRole(RaftPeerRole.FOLLOWER)
                .setStateMachine(stateMachine)
                .setLogEntry(entry)
                .build();
        assertThatThrownBy(() -> stateMachine.applyTransaction(context)).isInstanceOf(RuntimeException.class);
        assertThat(fatal).singleElement().asString().contains("log entry 7");
        assertThat(stateMachine.position().index()).isNegative();
    }
}

package io.lockgrid.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.impl.transports.TransportInternal;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where connections come in, of all event loops. One beyond the number allowed is closed in the call that accepts it,
 * before anything is read, allocated or negotiated for it. Vert.x has no such bound, and no place to put one but its
 * transport.
 */
final class ConnectionGate {
    private final int max;
    private final Duration headTimeout;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionGate(int max, Duration headTimeout) {
        this.max = max;
        this.headTimeout = headTimeout;
    }

    /** The transport of Java, with this gate in it. */
    Transport transport() {
        NioTransport guarded = new NioTransport() {
            @Override
            public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
                return GuardedServerChannel::new;
            }
        };
        return new TransportInternal("nio", true, null, guarded);
    }

    private boolean isFull(Channel connection) {
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            return true;
        }
        connection.closeFuture().addListener(closed -> open.decrementAndGet());
        return false;
    }

    /** The socket that listens. */
    private final class GuardedServerChannel extends NioServerSocketChannel {
        @Override
        protected int doReadMessages(List<Object> accepted) throws Exception {
            int before = accepted.size();
            int count = super.doReadMessages(accepted);
            if (accepted.size() > before) {
                Channel connection = (Channel) accepted.getLast();
                if (isFull(connection)) {
                    accepted.removeLast();
                    connection.unsafe().closeForcibly();
                } else {
                    connection.pipeline().addLast(new HeadGuard(headTimeout));
                }
            }
            return count;
        }
    }
}

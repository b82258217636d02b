package io.lockgrid.testkit.cluster.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.lockgrid.testkit.cluster.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One life of a node: a container that is made, runs, ends and is removed. */
final class NodeContainer {
    private static final Duration END_MAX = Duration.ofSeconds(30);

    private final String name;
    private final String id;
    private final Said said;
    private volatile boolean paused;

    /**
     * Starts it and returns at once.
     *
     * @param name of the node, for messages
     * @param out file that its standard output is added to
     * @param err file that its standard error is added to
     */
    NodeContainer(String name, CreateContainerCmd command, Path out, Path err) {
        this.name = name;
        id = command.exec().getId();
        try {
            Engine.client().startContainerCmd(id).exec();
            said = Engine.client()
                    .logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(new Said(out, err));
        } catch (RuntimeException e) {
            Engine.remove(id);
            throw e;
        }
    }

    boolean isRunning() {
        return Boolean.TRUE.equals(state().getRunning());
    }

    boolean isPaused() {
        return paused && isRunning();
    }

    void pause() {
        signal("SIGSTOP");
        paused = true;
    }

    void resume() {
        signal("SIGCONT");
        paused = false;
    }

    /** Sends SIGKILL and returns at once; it may have ended. */
    void sendKill() {
        try {
            signal("SIGKILL");
        } catch (ConflictException | NotFoundException e) {
            return; // It ended by itself meanwhile.
        }
    }

    void terminate() {
        signal("SIGTERM");
    }

    /**
     * Waits until it has ended and all that it said is written, and removes it.
     *
     * @return its exit code
     */
    int awaitEnd() {
        Await.until(() -> !isRunning(), END_MAX, () -> name + " still runs");
        Long exitCode = state().getExitCodeLong();
        said.awaitEnd();
        Engine.remove(id);
        return exitCode == null ? -1 : exitCode.intValue();
    }

    private ContainerState state() {
        return Engine.client().inspectContainerCmd(id).exec().getState();
    }

    private void signal(String signal) {
        Engine.client().killContainerCmd(id).withSignal(signal).exec();
    }

    /** Writes down what the container says, as it says it. */
    private static final class Said extends ResultCallback.Adapter<Frame> {
        private final Path out;
        private final Path err;

        Said(Path out, Path err) {
            this.out = out;
            this.err = err;
        }

        @Override
        public void onNext(@Nullable Frame frame) {
            if (frame == null) {
                return;
            }
            Path file = frame.getStreamType() == StreamType.STDERR ? err : out;
            try (OutputStream to = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                to.write(frame.getPayload());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void awaitEnd() {
            try {
                if (!awaitCompletion(END_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("the end of " + out + " and " + err + " did not arrive");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while reading what a node said", e);
            }
        }
    }
}

package io.lockgrid.node.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** Notes which files this process forces to disk by {@link java.nio.channels.FileChannel#force}, as its JVM sees it. */
public final class ForcedFiles implements AutoCloseable {
    private final Recording recording = new Recording();

    /** Begins. */
    public ForcedFiles() {
        recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
        recording.start();
    }

    /**
     * Ends.
     *
     * @param file for the recording
     * @return the path of each file, as often as it was forced
     */
    public List<String> paths(Path file) throws IOException {
        recording.stop();
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .map(event -> event.getString("path"))
                .toList();
    }

    @Override
    public void close() {
        recording.close();
    }
}

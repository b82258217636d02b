package io.lockgrid.http.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;

/** The form in which a JSON value is written: with or without white space, or in another format altogether. */
public interface JsonLayout {
    /** Takes one value and writes it to {@code bytes}, which it does not close. */
    JsonGenerator generator(OutputStream bytes) throws IOException;

    /** Writes what comes after the value, if anything does. */
    void finish(OutputStream bytes) throws IOException;
}

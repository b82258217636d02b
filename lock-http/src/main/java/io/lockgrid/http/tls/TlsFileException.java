package io.lockgrid.http.tls;

/** A certificate or a key that cannot be used; the message is one line that names the file and says what is wrong. */
public final class TlsFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    TlsFileException(String message, Throwable cause) {
        super(message, cause);
    }

    TlsFileException(String message) {
        super(message);
    }
}

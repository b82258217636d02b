package io.lockgrid.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client of HTTP/2 in plain text that sends the frames it is told to (RFC 9113), whatever a decent one would. */
final class RawHttp2 implements AutoCloseable {
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;

    static final int MAX_CONCURRENT_STREAMS = 3;
    static final int REFUSED_STREAM = 7;
    static final int CANCEL = 8;

    private static final int END_STREAM_AND_HEADERS = 5;
    private static final int READ_TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    /** A frame as it came. */
    record Frame(int type, int flags, int stream, ByteBuffer payload) {
        int firstInt() {
            return payload.getInt(0);
        }
    }

    RawHttp2(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0, new byte[0]);
    }

    RawHttp2 send(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        socket.getOutputStream().write(frame.array());
        return this;
    }

    /**
     * A whole request without a body, on a stream of an odd number; path and headers, {@code name: value}, have less
     * than 127 bytes each.
     */
    RawHttp2 get(int stream, String path, String... headers) throws IOException {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        fields.write(0x82); // :method GET, from the table of HPACK (RFC 7541, appendix A)
        fields.write(0x86); // :scheme http
        literal(fields, 0x04, path); // :path
        literal(fields, 0x01, "localhost"); // :authority
        for (String header : headers) {
            int colon = header.indexOf(':');
            fields.write(0); // a name that is in no table
            string(fields, header.substring(0, colon).toLowerCase(Locale.ROOT));
            string(fields, header.substring(colon + 1).strip());
        }
        return send(HEADERS, END_STREAM_AND_HEADERS, stream, fields.toByteArray());
    }

    private static void literal(ByteArrayOutputStream fields, int name, String value) {
        fields.write(name);
        string(fields, value);
    }

    private static void string(ByteArrayOutputStream fields, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        fields.write(bytes.length);
        fields.writeBytes(bytes);
    }

    RawHttp2 reset(int stream) throws IOException {
        return send(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    /** The next frame of this type; others are passed over. */
    Frame next(int type) throws IOException {
        Frame frame = next();
        while (frame.type() != type) {
            frame = next();
        }
        return frame;
    }

    private Frame next() throws IOException {
        int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        return new Frame(type, flags, stream, ByteBuffer.wrap(in.readNBytes(length)));
    }

    /** Whether the server has ended the connection; waits for it to. */
    boolean isEndedByServer() throws IOException {
        try {
            next(GOAWAY);
            return true;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package io.lockgrid.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedInputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;

/**
 * Tells what an interrupted write leaves at the end of a log file from damage to what was written before.
 *
 * <p>A node answers for an entry only after it was forced to disk, and each force covers all entries before it. So what
 * a power loss tears was never answered for, and all that it can leave is parts of the entries of that last write: some
 * sectors of the disk as they should be, the others still the zeros that the file was made with. Bytes that changed
 * later, and an entry that can be read behind them, are signs of other damage, to entries that may have been answered
 * for.
 *
 * <p>The file, in Ratis 3.3.0: an entry is its length (varint), a protobuf message that begins with term (field 1) and
 * index (field 2), and a CRC-32C of both; behind the last one there are zeros.
 */
final class TornTail {
    private static final int SECTOR_BYTES = 512;
    private static final int TERM_TAG = 1 << 3;
    private static final int INDEX_TAG = 2 << 3;
    private static final int VARINT_BYTES_MAX = 4; // Of a length up to 4 MB.

    private final byte[] file;
    private final int start;
    private final int end;
    private final long lastIndex;

    /**
     * Looks at a file.
     *
     * @param file all its bytes
     * @param start offset of the first byte that cannot be read as an entry
     * @param lastIndex of the entry before it
     */
    TornTail(byte[] file, long start, long lastIndex) {
        this.file = file;
        this.start = Math.toIntExact(start);
        this.lastIndex = lastIndex;
        int last = file.length;
        while (last > start && file[last - 1] == 0) {
            last--;
        }
        this.end = last;
    }

    /** How many bytes there are from the damage on, without the zeros behind them. */
    int bytes() {
        return end - start;
    }

    /** The offset of a whole entry behind the damage, if there is one. */
    OptionalLong laterEntry() {
        for (int offset = start + 1; offset < end; offset++) {
            if (isLaterEntry(offset)) {
                return OptionalLong.of(offset);
            }
        }
        return OptionalLong.empty();
    }

    /** Whether the damaged entry, taken for itself, looks like one of which only a part was written. */
    boolean isPartlyWritten() {
        if (isWholeButForItsLength()) {
            return false;
        }
        if (file[start] == 0) {
            return true; // Its beginning was not written, bytes of the rest were.
        }
        int length = varint(start);
        int head = varintBytes(length);
        if (length < 0 || length > LogFile.ENTRY_BYTES_MAX) {
            return false;
        }
        long checksumEnd = (long) start + head + length + LogFile.CHECKSUM_BYTES;
        if (checksumEnd > file.length) {
            return true;
        }
        int checksumAt = (int) checksumEnd - LogFile.CHECKSUM_BYTES;
        return isChecksumCutOff(start, checksumAt) || hasZeroSector(checksumAt);
    }

    /** Field by field before the checksum, which would be dear at every offset. */
    private boolean isLaterEntry(int offset) {
        int length = varint(offset);
        int message = offset + varintBytes(length);
        if (length <= 0 || length > file.length - message - LogFile.CHECKSUM_BYTES || file[message] != TERM_TAG) {
            return false;
        }
        try {
            CodedInputStream in = CodedInputStream.newInstance(file, message, length);
            return in.readTag() == TERM_TAG
                    && in.readUInt64() > 0
                    && in.readTag() == INDEX_TAG
                    && isIndexPlausible(in.readUInt64(), offset)
                    && isChecksumRight(offset, message + length);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isIndexPlausible(long index, int offset) {
        return index > lastIndex && index - lastIndex <= 1L + offset - start;
    }

    private boolean isChecksumRight(int from, int to) {
        return checksum(from, to) == ByteBuffer.wrap(file).getInt(to);
    }

    /** Whether it was not written, or only its first bytes were and they are right. */
    private boolean isChecksumCutOff(int from, int to) {
        int written = ByteBuffer.wrap(file).getInt(to);
        int right = checksum(from, to);
        return written == 0
                || written == (right & 0xff000000)
                || written == (right & 0xffff0000)
                || written == (right & 0xffffff00);
    }

    private int checksum(int from, int to) {
        CRC32C checksum = new CRC32C();
        checksum.update(file, from, to - from);
        return (int) checksum.getValue();
    }

    /**
     * Whether all bytes behind the length are as they were written: only the length changed then, which by itself would
     * look like an entry that goes on in the zeros. A checksum can end in zeros, so its end is tried at each.
     */
    private boolean isWholeButForItsLength() {
        for (int zeros = 0; zeros < LogFile.CHECKSUM_BYTES; zeros++) {
            int checksumAt = end + zeros - LogFile.CHECKSUM_BYTES;
            for (int head = 1; head <= VARINT_BYTES_MAX; head++) {
                int length = checksumAt - start - head;
                if (length > 0
                        && varintBytes(length) == head
                        && end + zeros <= file.length
                        && isChecksumRightWith(length, start + head, checksumAt)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isChecksumRightWith(int length, int from, int to) {
        CRC32C checksum = new CRC32C();
        int left = length;
        for (; left >= 0x80; left >>>= 7) {
            checksum.update((left & 0x7f) | 0x80);
        }
        checksum.update(left);
        checksum.update(file, from, to - from);
        return (int) checksum.getValue() == ByteBuffer.wrap(file).getInt(to);
    }

    private boolean hasZeroSector(int to) {
        for (int at = (start + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
                at + SECTOR_BYTES <= to;
                at += SECTOR_BYTES) {
            if (isZero(at, at + SECTOR_BYTES)) {
                return true;
            }
        }
        return false;
    }

    private boolean isZero(int from, int to) {
        for (int at = from; at < to; at++) {
            if (file[at] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The varint at an offset; -1 if it is longer than that of any entry's length. */
    private int varint(int offset) {
        int value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX && offset + i < file.length; i++) {
            value |= (file[offset + i] & 0x7f) << (7 * i);
            if (file[offset + i] >= 0) {
                return value;
            }
        }
        return -1;
    }

    private static int varintBytes(int value) {
        return CodedOutputStream.computeUInt32SizeNoTag(value);
    }
}

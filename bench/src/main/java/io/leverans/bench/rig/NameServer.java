package io.leverans.bench.rig;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers questions about names (RFC 1035): each domain has a mail server of its own, {@code mx.}
 * and the domain, and each of those an address of its own, for {@code mx.d7.example} 127.1.0.7. Of
 * anything else it says that there is nothing, and for how long that holds (RFC 2308).
 */
final class NameServer {
  private static final int A = 1;
  private static final int MX = 15;
  private static final int SOA = 6;
  private static final int IN = 1;
  private static final int POINTER_TO_QUESTION = 0xC00C;
  private static final int HEADER = 12;
  private static final int SECONDS = 3600;

  /** Names of two empty labels, and serial, refresh, retry, expire, minimum. */
  private static final byte[] ZONE =
      ByteBuffer.allocate(22)
          .put(new byte[2])
          .putInt(1)
          .putInt(SECONDS)
          .putInt(SECONDS)
          .putInt(SECONDS)
          .putInt(SECONDS)
          .array();

  private static final Pattern SERVER = Pattern.compile("mx\\.(?:d(\\d+)\\.)?.*");

  private final DatagramSocket socket;

  NameServer() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("name server").start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    var packet = new DatagramPacket(new byte[1500], 1500);
    while (true) {
      try {
        packet.setLength(1500);
        socket.receive(packet);
        byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] answer = answer(question);
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static byte[] answer(byte[] query) throws IOException {
    var name = new StringBuilder();
    int at = HEADER;
    for (; query[at] != 0; at += query[at] + 1) {
      name.append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII)).append('.');
    }
    int type = query[at + 2];
    int end = at + 5;
    byte[] data = dataOf(name.toString().toLowerCase(Locale.ROOT), type);

    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.write(query, 0, 2);
    out.writeShort(0x8580);
    out.writeShort(1);
    boolean isThere = data.length > 0;
    out.writeShort(isThere ? 1 : 0);
    out.writeShort(isThere ? 0 : 1);
    out.writeShort(0);
    out.write(query, HEADER, end - HEADER);
    if (isThere) {
      writeRecord(out, type, data);
    } else {
      writeRecord(out, SOA, ZONE);
    }
    return bytes.toByteArray();
  }

  private static void writeRecord(DataOutputStream out, int type, byte[] data) throws IOException {
    out.writeShort(POINTER_TO_QUESTION);
    out.writeShort(type);
    out.writeShort(IN);
    out.writeInt(SECONDS);
    out.writeShort(data.length);
    out.write(data);
  }

  private static byte[] dataOf(String name, int type) {
    Matcher server = SERVER.matcher(name);
    if (type == A && server.matches()) {
      int number = server.group(1) == null ? 0 : Integer.parseInt(server.group(1));
      return new byte[] {127, 1, (byte) (number >> 8), (byte) number};
    }
    if (type == MX && !server.matches()) {
      byte pointerHigh = (byte) (POINTER_TO_QUESTION >> 8);
      return new byte[] {0, 10, 2, 'm', 'x', pointerHigh, (byte) POINTER_TO_QUESTION};
    }
    return new byte[0];
  }
}

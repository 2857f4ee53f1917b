package io.leverans.mail.simulator;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;

/** The name server of the world on 127.0.0.1, over UDP and over TCP on the same port. */
final class SimulatedDns implements AutoCloseable {
  /** The largest answer over UDP to a client that says it can take more than 512 bytes. */
  static final int UDP_BYTES = 1232;

  private static final int CLASSIC_UDP_BYTES = 512;
  private static final int TCP_BYTES = 65_535;
  private static final int TCP_TIMEOUT_MILLIS = 30_000;
  private static final int BIND_TRIES = 20;
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedDns.class);

  private final Zone zone;
  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  private SimulatedDns(Zone zone, DatagramSocket udp, ServerSocket tcp) {
    this.zone = zone;
    this.udp = udp;
    this.tcp = tcp;
  }

  /**
   * Binds both sockets and answers from then on.
   *
   * @param port the port, or 0 for a free one
   */
  static SimulatedDns start(Zone zone, int port) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    for (int tries = 1; ; tries++) {
      var udp = new DatagramSocket(new InetSocketAddress(loopback, port));
      try {
        var tcp = new ServerSocket(udp.getLocalPort(), 50, loopback);
        var dns = new SimulatedDns(zone, udp, tcp);
        Thread.ofVirtual().name("simulator-dns-udp").start(dns::serveUdp);
        Thread.ofVirtual().name("simulator-dns-tcp").start(dns::serveTcp);
        return dns;
      } catch (BindException taken) {
        udp.close();
        if (port != 0 || tries == BIND_TRIES) {
          throw taken;
        }
      }
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
  }

  @Override
  public void close() {
    udp.close();
    Sockets.closeQuietly(tcp);
    clients.forEach(Sockets::closeQuietly);
  }

  private void serveUdp() {
    byte[] buffer = new byte[TCP_BYTES];
    while (!udp.isClosed()) {
      var packet = new DatagramPacket(buffer, buffer.length);
      try {
        udp.receive(packet);
        var query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        byte[] answer = zone.answer(query).toWire(udpLimit(query));
        udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException | RuntimeException broken) {
        LOG.debug("dropped a DNS query over UDP", broken);
      }
    }
  }

  private static int udpLimit(Message query) {
    var options = query.getOPT();
    return options == null
        ? CLASSIC_UDP_BYTES
        : Math.clamp(options.getPayloadSize(), CLASSIC_UDP_BYTES, UDP_BYTES);
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try {
        Socket client = tcp.accept();
        clients.add(client);
        Thread.ofVirtual().name("simulator-dns-client").start(() -> serve(client));
      } catch (IOException closing) {
        LOG.debug("DNS listener over TCP: {}", closing.getMessage());
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(TCP_TIMEOUT_MILLIS);
      var in = new DataInputStream(client.getInputStream());
      var out = new DataOutputStream(client.getOutputStream());
      while (true) {
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        byte[] answer = zone.answer(new Message(query)).toWire(TCP_BYTES);
        byte[] framed = new byte[answer.length + 2];
        framed[0] = (byte) (answer.length >> 8);
        framed[1] = (byte) answer.length;
        System.arraycopy(answer, 0, framed, 2, answer.length);
        out.write(framed);
        out.flush();
      }
    } catch (EOFException _) {
      // the client has asked all it wanted
    } catch (IOException | RuntimeException broken) {
      LOG.debug("DNS client over TCP", broken);
    } finally {
      clients.remove(client);
    }
  }
}

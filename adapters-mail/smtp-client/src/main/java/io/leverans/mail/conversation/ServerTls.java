package io.leverans.mail.conversation;

import io.leverans.domain.delivery.NextHop.Security;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Encrypts with whoever answers, and then, before anything is said, asks whether they are to be
 * trusted. Safe for use by many threads.
 */
final class ServerTls extends SSLSocketFactory {
  private final SSLSocketFactory sockets;
  private final Trust trust;

  ServerTls(Trust trust) {
    this.trust = trust;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAnyone()}, null);
      sockets = context.getSocketFactory();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java speaks TLS", missing);
    }
  }

  /** By whose measure servers are judged. */
  Trust trust() {
    return trust;
  }

  SSLSocket handshake(GuardedSocket socket, String host) throws IOException {
    PlainSide plain = new PlainSide(socket);
    Socket layered = sockets.createSocket(plain, nameToAskFor(host), socket.getPort(), true);
    if (!(layered instanceof SSLSocket tls)) {
      throw new IllegalStateException("a TLS factory makes TLS sockets");
    }
    try {
      tls.startHandshake();
    } catch (SSLException failed) {
      Optional<String> said = plain.heard.clearLine();
      throw said.isPresent() ? new ClearSpeechException(said.get(), failed) : failed;
    }
    return tls;
  }

  /** A connection that somebody else made and reads. */
  SSLSocket over(Socket wire, String host, int port) throws IOException {
    if (!(sockets.createSocket(wire, host, port, true) instanceof SSLSocket tls)) {
      throw new IllegalStateException("a TLS factory makes TLS sockets");
    }
    tls.startHandshake();
    var _ = judged(tls.getSession(), host);
    return tls;
  }

  private String nameToAskFor(String host) {
    return trust instanceof Trust.Published(var certificates) ? certificates.server() : host;
  }

  /**
   * Judges the server's certificate. Only {@link Trust.Anyone} gets away with one that proves
   * nothing; then it is told.
   *
   * @throws UntrustedServerException if the server is not to be spoken with
   */
  Security judged(SSLSession session, String host) throws UntrustedServerException {
    Optional<CertificateProblem> problem = problemOf(session, host, trust);
    if (problem.isPresent() && !(trust instanceof Trust.Anyone)) {
      throw new UntrustedServerException(problem.get());
    }
    return new Security.Encrypted(session.getProtocol(), problem.map(CertificateProblem::words));
  }

  /** What is wrong with the certificate that the server has shown, by that measure. */
  static Optional<CertificateProblem> problemOf(SSLSession session, String host, Trust trust) {
    try {
      X509Certificate[] chain =
          Arrays.stream(session.getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new);
      return new CertificateInspection(trust).problemOf(chain, host);
    } catch (SSLPeerUnverifiedException _) {
      return Optional.of(
          new CertificateProblem(
              "the server shows no certificate",
              "Ask the server's admin to give it a certificate."));
    }
  }

  /** Called by the mail library for STARTTLS: the connection turns encrypted in place. */
  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    if (!(socket instanceof GuardedSocket guarded)) {
      throw new IllegalArgumentException("only for connections of this package");
    }
    guarded.encrypt(this, host);
    return guarded;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("connections begin in plain");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException("connections begin in plain");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("connections begin in plain");
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw new UnsupportedOperationException("connections begin in plain");
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  /** The connection without the bound on replies: a handshake is none. */
  private static final class PlainSide extends Socket {
    private final GuardedSocket socket;
    private final FirstWords heard;

    PlainSide(GuardedSocket socket) {
      this.socket = socket;
      this.heard = new FirstWords(socket.plainInput());
    }

    @Override
    public boolean isConnected() {
      return socket.isConnected();
    }

    @Override
    public boolean isClosed() {
      return socket.isClosed();
    }

    @Override
    public InetAddress getInetAddress() {
      return socket.getInetAddress();
    }

    @Override
    public int getPort() {
      return socket.getPort();
    }

    @Override
    public InputStream getInputStream() {
      return heard;
    }

    @Override
    public OutputStream getOutputStream() {
      return socket.plainOutput();
    }

    /** Encryption says goodbye; the connection's owner closes it. */
    @Override
    public void close() {}
  }

  /** The whole check comes after the handshake, and its result is told and not acted on. */
  private static final class TrustsAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("no servers here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      throw new CertificateException("no servers here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("no servers here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

package io.leverans.mail.conversation;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Encrypts connections that carry another conversation than that of this package. */
public final class EncryptedLink {
  private EncryptedLink() {}

  /**
   * Encrypts what follows on a connection.
   *
   * @param host the name that the server has to prove to be
   * @throws UntrustedServerException if it is not to be spoken with; nothing was said to it
   */
  public static SSLSocket over(Socket wire, String host, int port, Trust trust) throws IOException {
    return new ServerTls(trust).over(wire, host, port);
  }
}

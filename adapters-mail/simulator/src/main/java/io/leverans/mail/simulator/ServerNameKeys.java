package io.leverans.mail.simulator;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A server that is known under two names: by one of them (SNI, RFC 6066 §3) it shows a certificate
 * of its own, and by any other the usual one.
 */
final class ServerNameKeys extends X509ExtendedKeyManager {
  private static final String EC = "EC";
  private static final String NAMED = "named";
  private static final String USUAL = "usual";

  private final String name;
  private final Identity named;
  private final Identity usual;

  /**
   * What a server proves itself by.
   *
   * @param key on an elliptic curve
   * @param chain the own certificate first
   */
  record Identity(PrivateKey key, List<X509Certificate> chain) {
    public Identity {
      chain = List.copyOf(chain);
    }
  }

  private ServerNameKeys(String name, Identity named, Identity usual) {
    this.name = name;
    this.named = named;
    this.usual = usual;
  }

  /** The server's TLS context. */
  static SSLContext context(String name, Identity named, Identity usual)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {new ServerNameKeys(name, named, usual)}, null, null);
    return context;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    if (!keyType.equals(EC)) {
      return null;
    }
    return socket instanceof SSLSocket tls && asked(tls).filter(name::equalsIgnoreCase).isPresent()
        ? NAMED
        : USUAL;
  }

  private static Optional<String> asked(SSLSocket socket) {
    return socket.getHandshakeSession() instanceof ExtendedSSLSession session
        ? session.getRequestedServerNames().stream()
            .filter(SNIHostName.class::isInstance)
            .map(host -> ((SNIHostName) host).getAsciiName())
            .findFirst()
        : Optional.empty();
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identity(alias).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identity(alias).key();
  }

  private Identity identity(String alias) {
    return alias.equals(NAMED) ? named : usual;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {NAMED, USUAL};
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}

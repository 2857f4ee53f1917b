package io.leverans.mail.conversation;

import io.leverans.mail.conversation.ConversationOptions.Encryption;
import jakarta.mail.Session;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The library's sessions, of their own settings: the JVM's system properties are not asked. */
final class Sessions {
  private final ServerTls tls;
  private final ConcurrentMap<Encryption, Session> sessions = new ConcurrentHashMap<>();

  Sessions(ServerTls tls) {
    this.tls = tls;
  }

  Session with(Encryption encryption) {
    return sessions.computeIfAbsent(encryption, this::session);
  }

  private Session session(Encryption encryption) {
    Properties properties = new Properties();
    boolean asksForTls =
        switch (encryption) {
          case WHEN_OFFERED, STARTTLS_REQUIRED -> true;
          case IMPLICIT, NEVER -> false;
        };
    properties.put("mail.smtp.starttls.enable", String.valueOf(asksForTls));
    properties.put("mail.smtp.ssl.socketFactory", tls);
    properties.put("mail.smtp.ssl.checkserveridentity", "false");
    properties.put("mail.smtp.quitwait", "false");
    return Session.getInstance(properties);
  }
}

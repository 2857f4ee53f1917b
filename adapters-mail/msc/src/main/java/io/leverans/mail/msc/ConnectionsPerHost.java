package io.leverans.mail.msc;

import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/** Lets so many connections in from one address at a time. Safe for use by many threads. */
final class ConnectionsPerHost implements SessionHandler {
  private static final int CLOSING = 421;

  private final int most;
  private final ConcurrentMap<InetAddress, Integer> open = new ConcurrentHashMap<>();
  private final Set<Session> counted = ConcurrentHashMap.newKeySet();

  ConnectionsPerHost(int most) {
    this.most = most;
  }

  @Override
  public SessionAcceptance accept(Session session) {
    int now = open.merge(hostOf(session), 1, Integer::sum);
    if (now > most) {
      leave(session);
      return SessionAcceptance.failure(CLOSING, "4.7.0 Too many connections from your address");
    }
    counted.add(session);
    return SessionAcceptance.success();
  }

  @Override
  public void onSessionEnd(Session session) {
    if (counted.remove(session)) {
      leave(session);
    }
  }

  private void leave(Session session) {
    open.computeIfPresent(hostOf(session), (_, count) -> count == 1 ? null : count - 1);
  }

  private static InetAddress hostOf(Session session) {
    return session.getRealRemoteAddress().getAddress();
  }
}

package io.leverans.mail.msc;

import io.leverans.domain.bounce.BounceSource;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.mail.mime.ReturnPathTokens;
import io.leverans.mail.msc.MscSettings.BounceSettings;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.subethamail.smtp.server.SMTPServer;

/**
 * The server that bounces and complaints come to (RFC 5321). It takes mail for genuine tokens, for
 * the complaint address and for the addresses that every domain has, answers 250 only once a report
 * is safe, and writes mail to nobody.
 */
final class BounceListener implements BounceSource {
  private static final int MOST_RECIPIENTS = 10;

  private final MscSettings settings;
  private final ReturnPathTokens tokens;
  private final InstantSource clock;
  private volatile Optional<InetSocketAddress> address = Optional.empty();

  BounceListener(MscSettings settings, ReturnPathTokens tokens, InstantSource clock) {
    this.settings = settings;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Where it listens now, with the real port. */
  Optional<InetSocketAddress> address() {
    return address;
  }

  @Override
  public AutoCloseable open(ReportInbox inbox) {
    BounceSettings limits = settings.bounces();
    InetSocketAddress wanted = limits.listen().resolved();
    var desk = new ReportDesk(settings, tokens, inbox, clock);
    SMTPServer server =
        SMTPServer.port(wanted.getPort())
            .bindAddress(wanted.getAddress())
            .hostName(settings.hostname())
            .softwareName("Leverans")
            .executorService(Executors.newVirtualThreadPerTaskExecutor())
            .serverThreadName("bounce-listener")
            .maxConnections(limits.connections())
            .sessionHandler(new ConnectionsPerHost(limits.connectionsPerHost()))
            .connectionTimeoutMs(Math.toIntExact(limits.timeout().toMillis()))
            .maxRecipients(MOST_RECIPIENTS)
            .maxMessageSize(limits.reportSize())
            .insertReceivedHeaders(false)
            .fromAddressValidator(_ -> true)
            .messageHandlerFactory(desk::open)
            .build();
    StrictCommands.installIn(server);
    server.start();
    int port = wanted.getPort() == 0 ? server.getPortAllocated() : wanted.getPort();
    address = Optional.of(new InetSocketAddress(wanted.getAddress(), port));
    return () -> {
      address = Optional.empty();
      server.stop();
    };
  }
}

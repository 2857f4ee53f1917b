package io.leverans.dns;

import io.leverans.application.port.out.Dns;
import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.domain.senderdomain.RecordType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.InvalidZoneDataException;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;
import org.xbill.DNS.lookup.ServerFailedException;

/**
 * Asks one name server, or those of the system, anew each time: somebody may just have published
 * what is asked for, and nodes that remembered different answers would contradict each other.
 */
public final class NameServerDns implements Dns {
  private final LookupSession session;

  /**
   * Asks nobody yet.
   *
   * @param server the one to ask, if not those of the system
   * @param timeout for a question, however many servers and tries that takes
   */
  public NameServerDns(Optional<InetSocketAddress> server, Duration timeout) {
    List<Resolver> resolvers =
        server
            .<List<Resolver>>map(one -> List.of(new SimpleResolver(one)))
            .orElseGet(
                () ->
                    ResolverConfig.getCurrentConfig().servers().stream()
                        .<Resolver>map(SimpleResolver::new)
                        .toList());
    resolvers.forEach(resolver -> resolver.setTimeout(timeout.dividedBy(2)));
    ExtendedResolver all = new ExtendedResolver(resolvers);
    all.setRetries(2);
    all.setTimeout(timeout);
    session = LookupSession.builder().resolver(all).build();
  }

  @Override
  public DnsAnswer lookUp(String name, RecordType type) {
    Name absolute;
    try {
      absolute = Name.fromString(name, Name.root);
    } catch (TextParseException _) {
      return new DnsAnswer.Untold("this is no name that DNS can be asked for");
    }
    try {
      List<String> values =
          session
              .lookupAsync(absolute, number(type))
              .toCompletableFuture()
              .join()
              .getRecords()
              .stream()
              .map(NameServerDns::value)
              .flatMap(Optional::stream)
              .toList();
      return values.isEmpty() ? new DnsAnswer.NotThere() : new DnsAnswer.Found(values);
    } catch (CompletionException failed) {
      return meaning(failed.getCause());
    }
  }

  private static DnsAnswer meaning(@Nullable Throwable cause) {
    return switch (cause) {
      case NoSuchDomainException _ -> new DnsAnswer.NotThere();
      case NoSuchRRSetException _ -> new DnsAnswer.NotThere();
      case ServerFailedException _ ->
          new DnsAnswer.Untold("the name server failed or refused to answer; ask again later");
      case InvalidZoneDataException _ ->
          new DnsAnswer.Untold(
              "the records of the name contradict each other; look at its aliases");
      case IOException _ ->
          new DnsAnswer.Untold("no name server answered in time; ask again later");
      case null, default ->
          new DnsAnswer.Untold("the name servers' answer is of no use; ask again later");
    };
  }

  private static int number(RecordType type) {
    return switch (type) {
      case TXT -> Type.TXT;
      case CNAME -> Type.CNAME;
      case MX -> Type.MX;
    };
  }

  private static Optional<String> value(Record found) {
    return switch (found) {
      case TXTRecord text -> Optional.of(joined(text));
      case CNAMERecord alias -> Optional.of(text(alias.getTarget()));
      case MXRecord exchanger ->
          Optional.of(exchanger.getPriority() + " " + text(exchanger.getTarget()));
      default -> Optional.empty();
    };
  }

  /** The strings of a record are put together without anything between (RFC 7208 §3.3). */
  private static String joined(TXTRecord text) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    text.getStringsAsByteArrays().forEach(octets::writeBytes);
    return octets.toString(StandardCharsets.UTF_8);
  }

  private static String text(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }
}

package io.leverans.mail.conversation;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.lookup.InvalidZoneDataException;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;
import org.xbill.DNS.lookup.ServerFailedException;

/**
 * Asks DNS, with a cache of its own that keeps answers for as long as they hold. Safe for use by
 * many threads.
 */
public final class NameServers {
  private final LookupSession session;

  /** Where names are looked for. */
  public enum Scope {
    DNS_ONLY,
    /** Also in the machine's own list of hosts, for names that the operator wrote. */
    WITH_HOSTS_FILE
  }

  /**
   * Asks one name server, or those of the system.
   *
   * @param timeout for one question to one of them
   */
  public NameServers(Optional<HostAndPort> server, Duration timeout, Scope scope) {
    List<Resolver> resolvers =
        server
            .<List<Resolver>>map(one -> List.of(new SimpleResolver(one.resolved())))
            .orElseGet(
                () ->
                    ResolverConfig.getCurrentConfig().servers().stream()
                        .<Resolver>map(SimpleResolver::new)
                        .toList());
    resolvers.forEach(resolver -> resolver.setTimeout(timeout));
    ExtendedResolver all = new ExtendedResolver(resolvers);
    all.setRetries(2);
    all.setTimeout(timeout.multipliedBy(3));
    var builder = LookupSession.builder().resolver(all).cache(new Cache(DClass.IN));
    session =
        switch (scope) {
          case DNS_ONLY -> builder.build();
          case WITH_HOSTS_FILE -> builder.defaultHostsFileParser().build();
        };
  }

  /** What DNS says about a name. */
  public sealed interface Answer<T> {
    /** These records are there. */
    record Found<T>(List<T> values) implements Answer<T> {
      public Found {
        values = List.copyOf(values);
      }
    }

    /** The name exists and has no such record. */
    record NothingThere<T>() implements Answer<T> {}

    /** The name does not exist. */
    record NoSuchName<T>() implements Answer<T> {}

    /** There was no telling now. */
    record NoAnswer<T>(String why) implements Answer<T> {}
  }

  /** A question that is under way, so that several can be at once. */
  public interface Question<T> {
    /** Waits for the answer. */
    Answer<T> await();
  }

  /** Asks for the records of a type, as {@link org.xbill.DNS.Type} numbers it. */
  public Question<Record> ask(String name, int type) {
    return ask(name, type, Function.identity());
  }

  /** Asks for the addresses of a name, by A or AAAA. */
  public Question<InetAddress> addresses(String name, int type) {
    return ask(name, type, NameServers::addressIn);
  }

  private <T> Question<T> ask(String name, int type, Function<Record, T> reader) {
    Name absolute;
    try {
      absolute = Name.fromString(name, Name.root);
    } catch (TextParseException _) {
      return Answer.NoSuchName::new;
    }
    CompletionStage<LookupResult> underWay = session.lookupAsync(absolute, type);
    return () -> {
      try {
        LookupResult result = underWay.toCompletableFuture().join();
        List<T> values = result.getRecords().stream().map(reader).toList();
        return values.isEmpty() ? new Answer.NothingThere<>() : new Answer.Found<>(values);
      } catch (CompletionException failed) {
        return switch (failed.getCause()) {
          case NoSuchDomainException _ -> new Answer.NoSuchName<>();
          case NoSuchRRSetException _ -> new Answer.NothingThere<>();
          case ServerFailedException _ ->
              new Answer.NoAnswer<>("the name server failed or refused to answer");
          case InvalidZoneDataException _ ->
              new Answer.NoAnswer<>("the records of the name contradict each other");
          case IOException _ -> new Answer.NoAnswer<>("no name server answered in time");
          case null, default -> new Answer.NoAnswer<>("the name servers' answer is of no use");
        };
      }
    };
  }

  private static InetAddress addressIn(Record record) {
    return switch (record) {
      case ARecord four -> four.getAddress();
      case AAAARecord six -> six.getAddress();
      default -> throw new IllegalStateException("asked for an address, got " + record);
    };
  }
}

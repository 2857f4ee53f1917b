package io.leverans.mail.conversation;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;

/**
 * Asks DNS, with a cache of its own that keeps answers for as long as they hold. Safe for use by
 * many threads.
 */
public final class NameServers {
  /** A validated answer takes a chain of keys, each of which takes a question. */
  private static final int QUESTIONS_TO_VALIDATE = 6;

  private final RecordLookup lookup;

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
    this(new BelievedLookup(asking(server, timeout), scope));
  }

  private NameServers(RecordLookup lookup) {
    this.lookup = lookup;
  }

  /**
   * Asks the same, and checks signatures (DNSSEC, RFC 4035 §5). The name servers have to hand them
   * on; what they say of their own checks is not believed.
   *
   * @param timeout for one question to one of them
   * @param clock by which signatures are in force
   */
  public static NameServers validating(
      Optional<HostAndPort> server, Duration timeout, TrustAnchors anchors, Clock clock) {
    return new NameServers(
        new ValidatedLookup(
            asking(server, timeout), anchors, clock, timeout.multipliedBy(QUESTIONS_TO_VALIDATE)));
  }

  private static Resolver asking(Optional<HostAndPort> server, Duration timeout) {
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
    return all;
  }

  /** What DNS says about a name. */
  public sealed interface Answer<T> {
    /** These records are there. */
    record Found<T>(List<T> values, Origin origin) implements Answer<T> {
      public Found {
        values = List.copyOf(values);
        Objects.requireNonNull(origin);
      }
    }

    /** The name exists and has no such record. */
    record NothingThere<T>() implements Answer<T> {}

    /** The name does not exist. */
    record NoSuchName<T>() implements Answer<T> {}

    /** There was no telling now. */
    record NoAnswer<T>(String why) implements Answer<T> {}
  }

  /** Whether it is sure that DNS says so. */
  public enum Standing {
    /** By signatures, from a trust anchor down, with all aliases on the way. */
    PROVEN,
    /** It is not signed, provably, or nobody looked. */
    UNPROVEN
  }

  /**
   * Where records stand.
   *
   * @param name in lower case: the one that was asked for, or what that is an alias of
   */
  public record Origin(String name, Standing standing) {
    public Origin {
      Objects.requireNonNull(name);
      Objects.requireNonNull(standing);
    }

    static Origin of(Name name, Standing standing) {
      return new Origin(name.toString(true).toLowerCase(Locale.ROOT), standing);
    }
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
    CompletionStage<Answer<Record>> underWay = lookup.ask(absolute, type);
    return () -> read(underWay.toCompletableFuture().join(), reader);
  }

  private static <T> Answer<T> read(Answer<Record> answer, Function<Record, T> reader) {
    return switch (answer) {
      case Answer.Found(var records, var origin) ->
          new Answer.Found<>(records.stream().map(reader).toList(), origin);
      case Answer.NothingThere<Record> _ -> new Answer.NothingThere<>();
      case Answer.NoSuchName<Record> _ -> new Answer.NoSuchName<>();
      case Answer.NoAnswer<Record>(var why) -> new Answer.NoAnswer<>(why);
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

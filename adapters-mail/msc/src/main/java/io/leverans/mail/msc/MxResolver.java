package io.leverans.mail.msc;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.LaneSign;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.NameServers;
import io.leverans.mail.conversation.NameServers.Answer;
import io.leverans.mail.conversation.NameServers.Origin;
import io.leverans.mail.conversation.NameServers.Question;
import io.leverans.mail.conversation.NameServers.Standing;
import io.leverans.mail.mime.InternationalDomain;
import io.leverans.mail.msc.MscSettings.IpVersions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.xbill.DNS.Address;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Finds the servers that take a domain's mail (RFC 5321 §5.1). Safe for use by many threads. */
final class MxResolver {
  private final NameServers dns;
  private final IpVersions ipVersions;
  private final Random random;

  MxResolver(NameServers dns, IpVersions ipVersions, Random random) {
    this.dns = dns;
    this.ipVersions = ipVersions;
    this.random = random;
  }

  /** Where to turn to. */
  sealed interface Route<T> {
    /**
     * To these, in this order.
     *
     * @param origin where DNS tells so
     */
    record To<T>(List<T> places, Origin origin) implements Route<T> {
      public To {
        places = List.copyOf(places);
        Objects.requireNonNull(origin);
      }
    }

    /** Nowhere, which is the outcome of the attempt. */
    record Nowhere<T>(Outcome outcome) implements Route<T> {}
  }

  /** The names of the servers, the preferred ones first, equals in random order. */
  Route<String> serversOf(String domain) {
    Optional<String> ascii = InternationalDomain.inALabels(domain);
    if (ascii.isEmpty()) {
      return nowhere(
          rejected(
              Cause.DOMAIN_UNKNOWN,
              "The domain has no sure ASCII form; write it as xn--… instead."));
    }
    String name = ascii.get();
    return switch (dns.ask(name, Type.MX).await()) {
      case Answer.Found(var records, var origin) -> byPreference(name, records, origin);
      case Answer.NothingThere<Record> _ -> domainItself(name);
      case Answer.NoSuchName<Record> _ ->
          nowhere(rejected(Cause.DOMAIN_UNKNOWN, "There is no domain " + name + "."));
      case Answer.NoAnswer<Record>(var why) ->
          nowhere(untold("DNS did not tell the mail servers of " + name + ": " + why));
    };
  }

  /** The addresses of a server, IPv4 first. */
  Route<InetAddress> addressesOf(String host) {
    if (Address.isDottedQuad(host) || host.contains(":")) {
      return literal(host);
    }
    List<Question<InetAddress>> questions =
        switch (ipVersions) {
          case ANY -> List.of(dns.addresses(host, Type.A), dns.addresses(host, Type.AAAA));
          case IPV4_ONLY -> List.of(dns.addresses(host, Type.A));
        };
    var told = new ToldAddresses(questions);
    return told.origin()
        .<Route<InetAddress>>map(origin -> new Route.To<>(told.found(), origin))
        .orElseGet(
            () ->
                nowhere(
                    deferred(
                        told.unanswered()
                            .map(why -> "DNS did not tell the address of " + host + ": " + why)
                            .orElseGet(
                                () ->
                                    "The server %s has no address%s in DNS."
                                        .formatted(host, addressKind())))));
  }

  private String addressKind() {
    return switch (ipVersions) {
      case ANY -> "";
      case IPV4_ONLY -> " of IPv4";
    };
  }

  private Route<String> byPreference(String domain, List<Record> records, Origin origin) {
    List<MXRecord> exchangers =
        new ArrayList<>(
            records.stream()
                .map(MXRecord.class::cast)
                .filter(record -> !record.getTarget().equals(Name.root))
                .toList());
    if (exchangers.isEmpty()) {
      return nowhere(
          rejected(
              Cause.DOMAIN_REFUSES_MAIL,
              "The domain " + domain + " says in DNS that it takes no mail (RFC 7505)."));
    }
    Collections.shuffle(exchangers, random);
    exchangers.sort(Comparator.comparingInt(MXRecord::getPriority));
    return new Route.To<>(
        exchangers.stream()
            .map(record -> record.getTarget().toString(true).toLowerCase(Locale.ROOT))
            .distinct()
            .toList(),
        origin);
  }

  /** A domain without MX records takes mail at its own address, if it has one. */
  private Route<String> domainItself(String domain) {
    var told =
        new ToldAddresses(List.of(dns.addresses(domain, Type.A), dns.addresses(domain, Type.AAAA)));
    return told.origin()
        .<Route<String>>map(origin -> new Route.To<>(List.of(domain), origin))
        .orElseGet(
            () ->
                nowhere(
                    told.unanswered()
                        .map(why -> "DNS did not tell the address of " + domain + ": " + why)
                        .map(MxResolver::untold)
                        .orElseGet(
                            () ->
                                rejected(
                                    Cause.DOMAIN_REFUSES_MAIL,
                                    "The domain "
                                        + domain
                                        + " has neither a mail server nor an address in DNS."))));
  }

  private static Route<InetAddress> literal(String host) {
    try {
      return new Route.To<>(
          List.of(InetAddress.getByName(host)), new Origin(host, Standing.UNPROVEN));
    } catch (UnknownHostException _) {
      return nowhere(deferred("'" + host + "' is not an address."));
    }
  }

  private static <T> Route<T> nowhere(Outcome outcome) {
    return new Route.Nowhere<>(outcome);
  }

  private static Outcome rejected(Cause cause, String words) {
    return new Outcome.Rejected(Failure.of(cause, words));
  }

  /** No server of the lane was turned to, which is shared with other domains. */
  private static Outcome untold(String words) {
    return new Outcome.Deferred(
        Failure.of(Cause.NETWORK_FAILURE, words), Optional.empty(), LaneSign.NOTHING);
  }

  private static Outcome deferred(String words) {
    return new Outcome.Deferred(
        Failure.of(Cause.NETWORK_FAILURE, words), Optional.empty(), LaneSign.OUT_OF_REACH);
  }
}

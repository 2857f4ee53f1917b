package io.leverans.mail.msc;

import io.leverans.mail.conversation.Assurance;
import io.leverans.mail.conversation.CertificateAssociation;
import io.leverans.mail.conversation.NameServers;
import io.leverans.mail.conversation.NameServers.Answer;
import io.leverans.mail.conversation.NameServers.Origin;
import io.leverans.mail.conversation.PublishedCertificates;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/**
 * Finds what DNS demands of a mail server by records that are signed (DANE, RFC 7672). It asks only
 * where the way to the server is proven, or may be as far as an alias. Safe for use by many
 * threads.
 */
final class DaneRules {
  private final NameServers dns;
  private final int port;

  /**
   * @param dns which checks signatures
   * @param port that mail servers listen on
   */
  DaneRules(NameServers dns, int port) {
    this.dns = dns;
    this.port = port;
  }

  /** What stands in DNS for one server. */
  sealed interface Finding {
    /** Nothing, or nothing that is signed. */
    record Nothing() implements Finding {}

    /** Certificates, of which it has to show one. */
    record Certificates(Assurance.Published assurance) implements Finding {}

    /** Only what nobody can match: it has to encrypt (RFC 7672 §2.2). */
    record Encryption(Assurance.Encrypted assurance) implements Finding {}

    /** There was no telling, so that it is not to be spoken with (RFC 7672 §2.1.2). */
    record Untold(String why) implements Finding {}
  }

  /**
   * Whether DNS may demand anything of a server: where it names it provably, or where it is the
   * domain itself, which may be a signed alias.
   */
  boolean mayDemandOf(String domain, Origin servers, String host) {
    return switch (servers.standing()) {
      case PROVEN -> true;
      case UNPROVEN -> host.equals(domain) && !servers.name().equals(domain);
    };
  }

  /**
   * Looks for what is demanded of a server of a domain.
   *
   * @param domain of the recipient, in A-labels
   * @param servers where DNS names the servers of the domain
   * @param addresses where DNS tells the addresses of the server
   */
  Finding of(String domain, Origin servers, String host, Origin addresses) {
    if (!mayDemandOf(domain, servers, host)) {
      return new Finding.Nothing();
    }
    return switch (addresses.standing()) {
      case PROVEN -> firstUnder(List.of(addresses.name(), host), domain, servers);
      case UNPROVEN ->
          addresses.name().equals(host)
              ? new Finding.Nothing()
              : underTheAliasAlone(domain, servers, host);
    };
  }

  /** A signed alias may lead out of what is signed; then the alias itself counts (§2.2.2). */
  private Finding underTheAliasAlone(String domain, Origin servers, String host) {
    return switch (dns.ask(host, Type.CNAME).await()) {
      case Answer.Found(_, var origin) ->
          switch (origin.standing()) {
            case PROVEN -> firstUnder(List.of(host), domain, servers);
            case UNPROVEN -> new Finding.Nothing();
          };
      case Answer.NothingThere<Record> _, Answer.NoSuchName<Record> _ -> new Finding.Nothing();
      case Answer.NoAnswer<Record>(var why) -> untold(host, why);
    };
  }

  /** What an alias leads to comes before the alias (RFC 7672 §2.2.3). */
  private Finding firstUnder(List<String> hosts, String domain, Origin servers) {
    Finding finding = new Finding.Nothing();
    for (String host : hosts.stream().distinct().toList()) {
      finding = under(host, namesOf(host, domain, servers));
      if (!(finding instanceof Finding.Nothing)) {
        break;
      }
    }
    return finding;
  }

  private static List<String> namesOf(String host, String domain, Origin servers) {
    return switch (servers.standing()) {
      case PROVEN -> Stream.of(host, domain, servers.name()).distinct().toList();
      case UNPROVEN -> Stream.of(host, domain).distinct().toList();
    };
  }

  private Finding under(String host, List<String> names) {
    return switch (dns.ask(place(host), Type.TLSA).await()) {
      case Answer.Found(var records, var origin) ->
          switch (origin.standing()) {
            case PROVEN -> demanded(host, names, records);
            case UNPROVEN -> new Finding.Nothing();
          };
      case Answer.NothingThere<Record> _, Answer.NoSuchName<Record> _ -> new Finding.Nothing();
      case Answer.NoAnswer<Record>(var why) -> untold(host, why);
    };
  }

  private Finding demanded(String host, List<String> names, List<Record> records) {
    List<CertificateAssociation> usable =
        records.stream()
            .map(TLSARecord.class::cast)
            .map(CertificateAssociation::in)
            .flatMap(Optional::stream)
            .toList();
    return usable.isEmpty()
        ? new Finding.Encryption(
            new Assurance.Encrypted(
                "DANE (TLSA of %s, none of them usable)".formatted(place(host)), DaneWords.REMEDY))
        : new Finding.Certificates(
            new Assurance.Published(
                new PublishedCertificates(host, names, usable),
                "DANE (TLSA of %s)".formatted(place(host)),
                DaneWords.REMEDY));
  }

  private Finding untold(String host, String why) {
    return new Finding.Untold(DaneWords.untold(place(host), host, why));
  }

  private String place(String host) {
    return "_%d._tcp.%s".formatted(port, host);
  }
}

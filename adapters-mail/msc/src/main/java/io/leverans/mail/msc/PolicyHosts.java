package io.leverans.mail.msc;

import io.leverans.mail.conversation.HostLookup;
import io.leverans.mail.conversation.HostLookup.Place;
import io.leverans.mail.conversation.HttpsText;
import io.leverans.mail.conversation.HttpsText.Answer;
import io.leverans.mail.conversation.NameServers;
import io.leverans.mail.conversation.ServerAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * The hosts that recipients' domains keep their policies on (RFC 8461 §3.3). Their addresses go
 * through a guard, since anybody can make a domain whose policy lies in our own network.
 */
final class PolicyHosts implements StsSource {
  /** For one address. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int OK = 200;
  private static final int MOST_ADDRESSES = 2;

  private final NameServers dns;
  private final HostLookup lookup;
  private final HttpsText https;
  private final int port;

  PolicyHosts(NameServers dns, HostLookup lookup, HttpsText https, int port) {
    this.dns = dns;
    this.lookup = lookup;
    this.https = https;
    this.port = port;
  }

  @Override
  public Announcement announced(String domain) {
    return switch (dns.ask("_mta-sts." + domain, Type.TXT).await()) {
      case NameServers.Answer.Found(var records, _) ->
          StsAnnouncement.idIn(records.stream().map(PolicyHosts::text).toList())
              .<Announcement>map(Announcement.Policy::new)
              .orElseGet(Announcement.None::new);
      case NameServers.Answer.NothingThere<Record> _, NameServers.Answer.NoSuchName<Record> _ ->
          new Announcement.None();
      case NameServers.Answer.NoAnswer<Record>(var why) -> new Announcement.Untold(why);
    };
  }

  private static String text(Record record) {
    return record instanceof TXTRecord text ? String.join("", text.getStrings()) : "";
  }

  @Override
  public StsPolicy fetch(String domain) throws UnusablePolicyException {
    String host = "mta-sts." + domain;
    Answer answer = new Answer.None("it has no address");
    for (InetAddress address : addressesOf(host)) {
      answer = https.get(new ServerAddress(host, address, port), "/.well-known/mta-sts.txt");
      if (answer instanceof Answer.Given(var status, var mediaType, var body)) {
        return policyIn(host, status, mediaType, body);
      }
    }
    throw new UnusablePolicyException(
        host + ": " + (answer instanceof Answer.None(var why) ? why : "no answer"));
  }

  private List<InetAddress> addressesOf(String host) throws UnusablePolicyException {
    return switch (lookup.find(host)) {
      case Place.At(var addresses) -> addresses.stream().limit(MOST_ADDRESSES).toList();
      case Place.OffLimits _ ->
          throw new UnusablePolicyException(
              host + " leads to addresses that may not be connected to");
      case Place.Nowhere(var words) -> throw new UnusablePolicyException(words);
      case Place.Untold(var words) -> throw new UnusablePolicyException(words);
    };
  }

  private static StsPolicy policyIn(String host, int status, String mediaType, String body)
      throws UnusablePolicyException {
    if (status != OK) {
      throw new UnusablePolicyException(
          "%s answered with the status %d; redirects are not followed".formatted(host, status));
    }
    if (!mediaType.equals("text/plain")) {
      throw new UnusablePolicyException(host + " did not answer with text/plain");
    }
    return StsPolicy.parse(body);
  }
}

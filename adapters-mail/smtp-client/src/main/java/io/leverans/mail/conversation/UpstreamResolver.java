package io.leverans.mail.conversation;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Stands between name servers and the validation of what they say. A key that cannot be had is an
 * answer too: where the validation is broken off, an absence would pass as it came. And nothing
 * that comes may look like the validation's own verdict.
 */
final class UpstreamResolver implements Resolver {
  /** Told apart from {@link Rcode#SERVFAIL}, by which the validation says that it is bogus. */
  static final int FAILED = Rcode.REFUSED;

  /** A zone of which it is not known that its key could not be had is blamed itself. */
  private static final int KEPT = 1_000;

  private final Resolver servers;

  /** Those zones whose keys could not be had when they were asked for last. */
  private final Set<Name> withoutKeys =
      Collections.synchronizedSet(Collections.newSetFromMap(new Latest<>(KEPT)));

  UpstreamResolver(Resolver servers) {
    this.servers = servers;
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query) {
    return servers.sendAsync(query).handle((answer, _) -> sober(query, answer));
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor executor) {
    return servers.sendAsync(query, executor).handle((answer, _) -> sober(query, answer));
  }

  /** Whether a key on the way to a name could not be had: nothing is said of signatures then. */
  boolean lacksKeyAbove(Name name) {
    return IntStream.range(0, name.labels())
        .anyMatch(labels -> withoutKeys.contains(new Name(name, labels)));
  }

  private Message sober(Message query, @Nullable Message answer) {
    boolean asksForKey =
        query.getQuestion().getType() == Type.DS || query.getQuestion().getType() == Type.DNSKEY;
    if (answer == null
        || (answer.getRcode() != Rcode.NOERROR && answer.getRcode() != Rcode.NXDOMAIN)) {
      if (asksForKey) {
        withoutKeys.add(query.getQuestion().getName());
      }
      Message failed = new Message(query.getHeader().getID());
      failed.addRecord(query.getQuestion(), Section.QUESTION);
      failed.getHeader().setRcode(FAILED);
      return failed;
    }
    if (asksForKey) {
      withoutKeys.remove(query.getQuestion().getName());
    }
    for (Record record : List.copyOf(answer.getSection(Section.ADDITIONAL))) {
      if (record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS) {
        answer.removeRecord(record, Section.ADDITIONAL);
      }
    }
    return answer;
  }

  @Override
  public void setPort(int port) {
    servers.setPort(port);
  }

  @Override
  public void setTCP(boolean flag) {
    servers.setTCP(flag);
  }

  @Override
  public void setIgnoreTruncation(boolean flag) {
    servers.setIgnoreTruncation(flag);
  }

  @Override
  public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
    servers.setEDNS(version, payloadSize, flags, options);
  }

  @Override
  public void setTSIGKey(TSIG key) {
    servers.setTSIGKey(key);
  }

  @Override
  public Duration getTimeout() {
    return servers.getTimeout();
  }

  @Override
  public void setTimeout(Duration timeout) {
    servers.setTimeout(timeout);
  }
}

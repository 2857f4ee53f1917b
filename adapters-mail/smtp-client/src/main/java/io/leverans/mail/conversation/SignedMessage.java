package io.leverans.mail.conversation;

import io.leverans.mail.conversation.NameServers.Answer;
import io.leverans.mail.conversation.NameServers.Origin;
import io.leverans.mail.conversation.NameServers.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Reads what the validating resolver gives: proven with the flag AD, unproven without, and a
 * failure of the server for what is bogus.
 *
 * <p>Being unproven has to be proven too, and there the resolver is not taken at its word. It takes
 * a record for unproven if the zone is unsigned that its signature says it is from, wherever that
 * is: by any unsigned zone, anybody could pass what they made up. So what is unproven has to stand
 * in the zones of what was asked for, and be of its class. And where the validation breaks off in
 * the middle, an absence comes back without a verdict: one that is unproven comes with a reason.
 *
 * <p>Nor is it taken at its word where an alias comes from a wildcard: that there is nothing closer
 * to the name, it proves only in an answer that holds the alias and nothing after it.
 */
final class SignedMessage {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(15);
  private static final Duration NOT_AT_ALL = Duration.ZERO;

  private static final String SERVER_FAILED =
      "the name server failed, refused or did not answer in time";

  private final Message message;
  private final Standing standing;
  private final int type;
  private final Predicate<Name> lacksKey;

  /** The name that was asked for, and those that it is an alias of. */
  private final List<Name> names = new ArrayList<>();

  private final List<RRset> passed = new ArrayList<>();
  private Optional<RRset> found = Optional.empty();
  private boolean fromWildcard;

  /**
   * @param lacksKey whether the key of a zone above a name could not be had
   */
  SignedMessage(Message message, Name asked, int type, Predicate<Name> lacksKey) {
    this.message = message;
    this.lacksKey = lacksKey;
    this.type = type;
    standing = message.getHeader().getFlag(Flags.AD) ? Standing.PROVEN : Standing.UNPROVEN;
    follow(asked);
  }

  private void follow(Name asked) {
    Name name = asked;
    while (!names.contains(name)) {
      names.add(name);
      found = inAnswer(name, type);
      Optional<RRset> alias = found.isPresent() ? Optional.empty() : inAnswer(name, Type.CNAME);
      if (alias.isPresent() && alias.get().first() instanceof CNAMERecord to) {
        passed.add(alias.get());
        fromWildcard |= isFromWildcard(alias.get());
        name = to.getTarget();
      }
    }
    found.ifPresent(passed::add);
  }

  private Optional<RRset> inAnswer(Name name, int wanted) {
    return message.getSectionRRsets(Section.ANSWER).stream()
        .filter(set -> set.getType() == wanted && set.getName().equals(name))
        .findFirst();
  }

  /** Its signature is of fewer labels than its name has (RFC 4034 §3.1.3). */
  private static boolean isFromWildcard(RRset set) {
    Name owner = set.getName();
    int labels = owner.labels() - (owner.isWild() ? 2 : 1);
    return set.sigs().stream().anyMatch(signature -> signature.getLabels() < labels);
  }

  SignedAnswer answer() {
    int rcode = message.getRcode();
    if (rcode == UpstreamResolver.FAILED) {
      return untold(SERVER_FAILED);
    }
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      if (names.stream().anyMatch(lacksKey)) {
        return untold(SERVER_FAILED + " for a key on the way");
      }
      return untold(
          "the answer is not validly signed (DNSSEC)" + reason().map(why -> ": " + why).orElse(""));
    }
    if (!isOfTheInternet()) {
      return untold("the answer holds records of another class than was asked for");
    }
    if (fromWildcard) {
      return new SignedAnswer.ByItself(holds(LONGEST));
    }
    if (!answersNothingElse()) {
      return untold("the answer holds records that were not asked for");
    }
    if (standing == Standing.UNPROVEN && (reason().isEmpty() || !isFromItsOwnZones())) {
      return untold("the answer is neither signed nor proven to be unsigned (DNSSEC)");
    }
    if (found.isPresent()) {
      return new SignedAnswer.Told(
          new Answer.Found<>(found.get().rrs(false), Origin.of(names.getLast(), standing)),
          holds(LONGEST));
    }
    if (names.size() > 1) {
      return new SignedAnswer.Alias(names.getLast(), standing, holds(LONGEST));
    }
    return new SignedAnswer.Told(
        rcode == Rcode.NXDOMAIN ? new Answer.NoSuchName<>() : new Answer.NothingThere<>(),
        holds(LONGEST_ABSENCE));
  }

  private static SignedAnswer untold(String why) {
    return new SignedAnswer.Told(new Answer.NoAnswer<>(why), NOT_AT_ALL);
  }

  /** Of the verdict, unless all is proven. */
  private Optional<String> reason() {
    return message.getSection(Section.ADDITIONAL).stream()
        .filter(record -> record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS)
        .filter(TXTRecord.class::isInstance)
        .map(record -> String.join("", ((TXTRecord) record).getStrings()))
        .findFirst();
  }

  /** Of a class without keys, all would be unproven. */
  private boolean isOfTheInternet() {
    return IntStream.of(Section.ANSWER, Section.AUTHORITY)
        .mapToObj(message::getSection)
        .flatMap(List::stream)
        .allMatch(record -> record.getDClass() == DClass.IN);
  }

  /** One verdict is for all records: what does not belong to the answer must not bring it about. */
  private boolean answersNothingElse() {
    return message.getSection(Section.ANSWER).stream()
        .allMatch(
            record ->
                switch (record.getType()) {
                  case Type.DNAME -> isAboveWhatWasAsked(record.getName());
                  case Type.RRSIG -> true;
                  default -> names.contains(record.getName());
                });
  }

  private boolean isFromItsOwnZones() {
    return message.getSectionRRsets(Section.ANSWER).stream()
            .allMatch(set -> signers(set).allMatch(signer -> set.getName().subdomain(signer)))
        && message.getSectionRRsets(Section.AUTHORITY).stream()
            .allMatch(this::isFromZoneOfWhatWasAsked);
  }

  /** Of a record that says what is not there, only a signature says of which zone it is. */
  private boolean isFromZoneOfWhatWasAsked(RRset set) {
    boolean denies = set.getType() == Type.NSEC || set.getType() == Type.NSEC3;
    return (denies ? !set.sigs().isEmpty() : isAboveWhatWasAsked(set.getName()))
        && signers(set).allMatch(this::isAboveWhatWasAsked);
  }

  private boolean isAboveWhatWasAsked(Name zone) {
    return names.stream().anyMatch(name -> name.subdomain(zone));
  }

  private static Stream<Name> signers(RRset set) {
    return set.sigs().stream().map(RRSIGRecord::getSigner);
  }

  private Duration holds(Duration atMost) {
    LongStream denials =
        message.getSection(Section.AUTHORITY).stream()
            .filter(SOARecord.class::isInstance)
            .map(SOARecord.class::cast)
            .mapToLong(soa -> Math.min(soa.getTTL(), soa.getMinimum()));
    LongStream all = passed.isEmpty() ? denials : passed.stream().mapToLong(RRset::getTTL);
    Duration told = Duration.ofSeconds(all.min().orElse(0));
    return told.compareTo(atMost) < 0 ? told : atMost;
  }
}

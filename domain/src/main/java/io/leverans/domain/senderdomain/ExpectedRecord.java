package io.leverans.domain.senderdomain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A record that DNS should have for a sender domain.
 *
 * @param name the full name without a last dot
 * @param value ready to be pasted; absent where it comes with another record
 * @param until when it may go; absent where it has to stay
 */
public record ExpectedRecord(
    Purpose purpose,
    String name,
    RecordType type,
    Optional<String> value,
    Need need,
    Optional<Instant> until,
    List<String> inherited,
    Optional<PublishedKey> key) {
  private static final String SPF = "v=spf1";

  /** What it is for. */
  public enum Purpose {
    PROOF,
    SIGNING_KEY,
    NEXT_SIGNING_KEY,
    PREVIOUS_SIGNING_KEY,
    RETURN_PATH,
    RETURN_PATH_SPF,
    DMARC
  }

  /** What happens without it. */
  public enum Need {
    /** The domain does not work. */
    REQUIRED,
    /** It works, and worse. */
    RECOMMENDED
  }

  /**
   * @param inherited the names that receivers look at in its place where it is not there, in order
   * @param key what it has to publish, if that is a key
   */
  public ExpectedRecord {
    Objects.requireNonNull(purpose);
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    Objects.requireNonNull(value);
    Objects.requireNonNull(need);
    Objects.requireNonNull(until);
    inherited = List.copyOf(inherited);
    Objects.requireNonNull(key);
  }

  /**
   * All of a domain.
   *
   * @param returnPathTarget what its return path has to be an alias of, where one is known
   */
  public static List<ExpectedRecord> of(
      SenderDomain domain, Optional<String> returnPathTarget, Instant now) {
    List<ExpectedRecord> records = new ArrayList<>();
    records.add(
        text(Purpose.PROOF, domain.name().below("_leverans"), domain.proofToken(), Need.REQUIRED));
    records.add(key(Purpose.SIGNING_KEY, domain, domain.keys().active(), Optional.empty()));
    domain
        .keys()
        .next()
        .ifPresent(
            key -> records.add(key(Purpose.NEXT_SIGNING_KEY, domain, key, Optional.empty())));
    domain
        .keys()
        .previousAt(now)
        .ifPresent(
            retired ->
                records.add(
                    key(
                        Purpose.PREVIOUS_SIGNING_KEY,
                        domain,
                        retired.key(),
                        Optional.of(retired.until()))));
    returnPathTarget.ifPresent(target -> records.addAll(returnPath(domain, target)));
    records.add(dmarc(domain.name()));
    return records;
  }

  private static ExpectedRecord key(
      Purpose purpose, SenderDomain domain, PublishedKey key, Optional<Instant> until) {
    return new ExpectedRecord(
        purpose,
        key.recordName(domain.name()),
        RecordType.TXT,
        Optional.of(key.recordValue()),
        Need.REQUIRED,
        until,
        List.of(),
        Optional.of(key));
  }

  private static List<ExpectedRecord> returnPath(SenderDomain domain, String target) {
    return List.of(
        new ExpectedRecord(
            Purpose.RETURN_PATH,
            domain.returnPathHost(),
            RecordType.CNAME,
            Optional.of(target),
            Need.RECOMMENDED,
            Optional.empty(),
            List.of(),
            Optional.empty()),
        new ExpectedRecord(
            Purpose.RETURN_PATH_SPF,
            domain.returnPathHost(),
            RecordType.TXT,
            Optional.empty(),
            Need.RECOMMENDED,
            Optional.empty(),
            List.of(),
            Optional.empty()));
  }

  private static ExpectedRecord dmarc(DomainName domain) {
    List<String> names = DmarcRecord.namesOf(domain);
    return new ExpectedRecord(
        Purpose.DMARC,
        names.getFirst(),
        RecordType.TXT,
        Optional.of("v=DMARC1; p=none"),
        Need.RECOMMENDED,
        Optional.empty(),
        names.subList(1, names.size()),
        Optional.empty());
  }

  private static ExpectedRecord text(Purpose purpose, String name, String value, Need need) {
    return new ExpectedRecord(
        purpose,
        name,
        RecordType.TXT,
        Optional.of(value),
        need,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** What an answer is worth. */
  public Verdict judge(DnsAnswer answer) {
    return switch (answer) {
      case DnsAnswer.NotThere() -> Verdict.MISSING;
      case DnsAnswer.Untold _ -> Verdict.UNTOLD;
      case DnsAnswer.Found(var values) -> judge(values);
    };
  }

  private Verdict judge(List<String> values) {
    return switch (purpose) {
      case SIGNING_KEY, NEXT_SIGNING_KEY, PREVIOUS_SIGNING_KEY ->
          key.orElseThrow().verdictOn(values);
      case PROOF ->
          values.stream()
                  .map(String::strip)
                  .anyMatch(text -> value.filter(text::equals).isPresent())
              ? Verdict.OK
              : Verdict.DIFFERENT;
      case RETURN_PATH ->
          values.size() == 1 && value.filter(values.getFirst()::equalsIgnoreCase).isPresent()
              ? Verdict.OK
              : Verdict.DIFFERENT;
      case RETURN_PATH_SPF -> oneOf(values, ExpectedRecord::isSpf);
      case DMARC -> oneOf(values, text -> DmarcRecord.parse(text).isPresent());
    };
  }

  private static boolean isSpf(String text) {
    return text.strip().toLowerCase(Locale.ROOT).startsWith(SPF);
  }

  /** Receivers pass over records of other kinds, and over two of this kind (RFC 7489 §6.6.3). */
  private static Verdict oneOf(List<String> values, Predicate<String> kind) {
    long ofKind = values.stream().filter(kind).count();
    return ofKind == 1 ? Verdict.OK : ofKind == 0 ? Verdict.MISSING : Verdict.DIFFERENT;
  }
}

package io.leverans.domain.senderdomain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a domain asks recipients' servers to do with mail in its name that nothing proves to be its
 * own (DMARC, RFC 7489 §6.3 and its successor).
 *
 * @param own for mail from the domain itself
 * @param below for mail from the domains below it
 * @param percent of how much of such mail it asks so
 * @param dkim what counts as a signature of its own
 * @param spf what counts as a return path of its own
 * @param extent what the record says of the domains around it
 * @param text as it is published, cut where it is very long
 */
public record DmarcRecord(
    Policy own,
    Policy below,
    int percent,
    Alignment dkim,
    Alignment spf,
    Extent extent,
    String text) {
  /** Of a very deep domain not all that are above it are asked. */
  private static final int MOST_ABOVE = 7;

  private static final String PREFIX = "_dmarc";
  private static final int ALL = 100;
  private static final int MOST_CHARS = 255;

  public DmarcRecord {
    Objects.requireNonNull(own);
    Objects.requireNonNull(below);
    Objects.requireNonNull(dkim);
    Objects.requireNonNull(spf);
    Objects.requireNonNull(extent);
    text = text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) + "…" : text;
    if (percent < 0 || percent > ALL) {
      throw new IllegalArgumentException("a part of mail is 0 to 100 percent of it");
    }
  }

  /** From the mildest to the strictest. */
  public enum Policy {
    /** Only to be told of it. */
    NONE,
    /** To take it for suspicious: mostly, the spam folder. */
    QUARANTINE,
    REJECT
  }

  /** Which domains a proof may be of (RFC 7489 §3.1). */
  public enum Alignment {
    /** Of any that belongs to the same organization. */
    RELAXED,
    /** Of the author's own only. */
    STRICT
  }

  /** Whose domain it is. */
  public enum Extent {
    UNSAID,
    /** The domain is one organization's, whatever is above it ({@code psd=n}). */
    ORGANIZATION,
    /** Below the domain, everybody has domains of their own ({@code psd=y}). */
    PUBLIC_SUFFIX
  }

  /**
   * The names at which a domain's record is looked for: its own, and those of the domains above it,
   * the closest first (RFC 7489 §6.6.3 and its successor).
   */
  public static List<String> namesOf(DomainName domain) {
    List<String> labels = List.of(domain.text().split("\\.", -1));
    List<String> names = new ArrayList<>();
    names.add(domain.below(PREFIX));
    for (int kept = Math.min(labels.size() - 1, MOST_ABOVE); kept >= 1; kept--) {
      names.add(
          PREFIX + "." + String.join(".", labels.subList(labels.size() - kept, labels.size())));
    }
    return names;
  }

  /** The one among the texts at a name that is a DMARC record; of several, none counts. */
  public static Optional<DmarcRecord> among(List<String> texts) {
    List<DmarcRecord> records = texts.stream().flatMap(text -> parse(text).stream()).toList();
    return records.size() == 1 ? Optional.of(records.getFirst()) : Optional.empty();
  }

  /** Reads one; what is no DMARC record is empty. */
  static Optional<DmarcRecord> parse(String text) {
    List<String> parts = Arrays.stream(text.split(";", -1)).map(String::strip).toList();
    if (!parts.getFirst().replaceAll("\\s", "").equals("v=DMARC1")) {
      return Optional.empty();
    }
    Map<String, String> tags = new HashMap<>();
    parts.stream()
        .skip(1)
        .flatMap(DmarcRecord::tag)
        .forEach(tag -> tags.putIfAbsent(tag[0], tag[1]));
    Policy own = policy(tags.get("p")).orElse(Policy.NONE);
    Policy below = policy(tags.get("sp")).orElse(own);
    int percent = percent(tags.getOrDefault("pct", ""));
    boolean onTrial = "y".equals(tags.get("t")) || percent == 0;
    return Optional.of(
        new DmarcRecord(
            onTrial ? milder(own) : own,
            onTrial ? milder(below) : below,
            percent == 0 ? ALL : percent,
            alignment(tags.get("adkim")),
            alignment(tags.get("aspf")),
            switch (tags.getOrDefault("psd", "u")) {
              case "y" -> Extent.PUBLIC_SUFFIX;
              case "n" -> Extent.ORGANIZATION;
              default -> Extent.UNSAID;
            },
            text));
  }

  /** What is no percentage is passed over, as receivers do. */
  private static int percent(String digits) {
    return digits.matches("[0-9]{1,3}") ? Math.min(ALL, Integer.parseInt(digits)) : ALL;
  }

  private static Alignment alignment(@Nullable String mode) {
    return "s".equals(mode) ? Alignment.STRICT : Alignment.RELAXED;
  }

  private static Stream<String[]> tag(String part) {
    int equals = part.indexOf('=');
    return equals < 0
        ? Stream.empty()
        : Stream.<String[]>of(
            new String[] {
              part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
              part.substring(equals + 1).strip().toLowerCase(Locale.ROOT)
            });
  }

  private static Optional<Policy> policy(@Nullable String word) {
    return Arrays.stream(Policy.values())
        .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  /** A record on trial asks for one step less than it says. */
  private static Policy milder(Policy policy) {
    return switch (policy) {
      case NONE, QUARANTINE -> Policy.NONE;
      case REJECT -> Policy.QUARANTINE;
    };
  }
}

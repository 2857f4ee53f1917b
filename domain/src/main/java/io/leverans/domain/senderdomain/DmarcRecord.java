package io.leverans.domain.senderdomain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a domain asks recipients' servers to do with mail in its name that nothing proves to be its
 * own (DMARC, RFC 7489 §6.3 and its successor).
 *
 * @param own for mail from the domain itself
 * @param below for mail from the domains below it
 * @param extent what the record says of the domains around it
 */
public record DmarcRecord(Policy own, Policy below, Extent extent) {

  /** From the mildest to the strictest. */
  public enum Policy {
    /** Only to be told of it. */
    NONE,
    /** To take it for suspicious: mostly, the spam folder. */
    QUARANTINE,
    REJECT
  }

  /** Whose domain it is. */
  public enum Extent {
    UNSAID,
    /** The domain is one organization's, whatever is above it ({@code psd=n}). */
    ORGANIZATION,
    /** Below the domain, everybody has domains of their own ({@code psd=y}). */
    PUBLIC_SUFFIX
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
    boolean onTrial =
        "y".equals(tags.getOrDefault("t", "n")) || "0".equals(tags.getOrDefault("pct", "100"));
    return Optional.of(
        new DmarcRecord(
            onTrial ? milder(own) : own,
            onTrial ? milder(below) : below,
            switch (tags.getOrDefault("psd", "u")) {
              case "y" -> Extent.PUBLIC_SUFFIX;
              case "n" -> Extent.ORGANIZATION;
              default -> Extent.UNSAID;
            }));
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

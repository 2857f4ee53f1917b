package io.leverans.mail.conversation;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which reports on a delivery are asked for, where the server offers that (RFC 3461).
 *
 * @param envelopeId what the reports shall name: printable ASCII, at most 100 octets when encoded
 * @param notifyOn when to report on each recipient; {@link Notify#NEVER} stands alone
 */
public record DsnRequest(Returned returned, Optional<String> envelopeId, Set<Notify> notifyOn) {
  private static final int LONGEST_ID = 100;

  public DsnRequest {
    if (notifyOn.isEmpty() || (notifyOn.contains(Notify.NEVER) && notifyOn.size() > 1)) {
      throw new IllegalArgumentException("reports are asked for on something, or never");
    }
    notifyOn = Collections.unmodifiableSet(EnumSet.copyOf(notifyOn));
    envelopeId.ifPresent(DsnRequest::check);
  }

  private static void check(String id) {
    if (id.isEmpty() || !id.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("an envelope id is printable ASCII");
    }
    if (xtext(id).length() > LONGEST_ID) {
      throw new IllegalArgumentException("an envelope id has at most 100 octets");
    }
  }

  /** What follows the sender (§4.3, §4.4). */
  String ofMail() {
    String ret =
        switch (returned) {
          case FULL -> " RET=FULL";
          case HEADERS -> " RET=HDRS";
        };
    return ret + envelopeId.map(id -> " ENVID=" + xtext(id)).orElse("");
  }

  /** What follows each recipient (§4.1). */
  String ofRecipient() {
    return notifyOn.stream().map(Notify::name).collect(Collectors.joining(",", " NOTIFY=", ""));
  }

  /** Encodes what a parameter cannot hold (§4). */
  private static String xtext(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.US_ASCII)) {
      if (octet <= ' ' || octet == '+' || octet == '=') {
        encoded.append("+%02X".formatted(octet));
      } else {
        encoded.append((char) octet);
      }
    }
    return encoded.toString();
  }

  /** How much of the message a report returns. */
  public enum Returned {
    FULL,
    HEADERS
  }

  /** When to report. */
  public enum Notify {
    NEVER,
    SUCCESS,
    FAILURE,
    DELAY
  }
}

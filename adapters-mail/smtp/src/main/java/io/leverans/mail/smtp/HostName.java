package io.leverans.mail.smtp;

import io.leverans.mail.conversation.AddressRange;
import io.leverans.mail.mime.InternationalDomain;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the host of a server as a person writes it. */
final class HostName {
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)" + LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern WITH_PORT = Pattern.compile("[^:]*:\\d*|\\[[^\\]]*\\]:\\d*");

  /** Names end in a word; what ends in a number is an address to some programs (RFC 3696 §2). */
  private static final Pattern LIKE_A_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");

  private static final Pattern EDGES =
      Pattern.compile("^[\\p{Z}\\s\\x{200b}\\x{feff}]+|[\\p{Z}\\s\\x{200b}\\x{feff}]+$");
  private static final Set<String> GMAIL = Set.of("smtp.gmail.com", "smtp.googlemail.com");

  private HostName() {}

  /** What was read. */
  sealed interface Read {
    /**
     * A host.
     *
     * @param text a name in A-labels and lower case, or an address, IPv6 without brackets
     */
    record Host(String text) implements Read {}

    /** None, with what is wrong for a person; what was written is not repeated. */
    record Problem(String words) implements Read {}
  }

  static Read read(String written) {
    String text = EDGES.matcher(written).replaceAll("");
    if (text.contains("@")) {
      return new Read.Problem(
          "A host has no @. Enter the name of the outgoing mail server, such as"
              + " mail.example.com, and user name and password in their own fields.");
    }
    if (text.contains("/") || text.contains("\\")) {
      return new Read.Problem(
          "Enter the name alone, such as mail.example.com: without smtp:// before it and without"
              + " anything after it.");
    }
    if (WITH_PORT.matcher(text).matches()) {
      return new Read.Problem("Enter the port in its own field, and the name alone here.");
    }
    return text.contains(":") || text.startsWith("[") ? address(text) : name(text);
  }

  private static Read address(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String bare = bracketed ? text.substring(1, text.length() - 1) : text;
    return AddressRange.literal(bare)
        .<Read>map(address -> new Read.Host(address.getHostAddress()))
        .orElseGet(
            () -> new Read.Problem("This is not an IPv6 address; enter one such as 2001:db8::25."));
  }

  private static Read name(String text) {
    String ascii = InternationalDomain.inALabels(text.toLowerCase(Locale.ROOT)).orElse("");
    String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    if (LIKE_A_NUMBER.matcher(name).matches()) {
      return AddressRange.literal(name)
          .<Read>map(address -> new Read.Host(address.getHostAddress()))
          .orElseGet(
              () ->
                  new Read.Problem(
                      "This looks like an IP address and is none; write four numbers from 0 to 255,"
                          + " such as 198.51.100.25."));
    }
    if (GMAIL.contains(name)) {
      return new Read.Problem(
          "Gmail has a channel of its own: connect a channel of kind gmail instead. It signs in"
              + " without a password and knows Google's limits.");
    }
    return NAME.matcher(name).matches()
        ? new Read.Host(name)
        : new Read.Problem(
            "This is not the name of a server; enter one such as mail.example.com, without"
                + " spaces.");
  }
}

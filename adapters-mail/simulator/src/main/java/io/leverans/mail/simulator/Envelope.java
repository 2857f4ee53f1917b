package io.leverans.mail.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One mail transaction as the client has told it so far. */
final class Envelope {
  /** Whom the client may send to at once, RFC 5321 section 4.5.3.1.8 asks for 100 at least. */
  static final int RECIPIENTS = 1000;

  private final String returnPath;
  private final List<String> recipients = new ArrayList<>();

  Envelope(String returnPath) {
    this.returnPath = returnPath;
  }

  String returnPath() {
    return returnPath;
  }

  List<String> recipients() {
    return recipients;
  }

  void add(String recipient) {
    recipients.add(recipient);
  }

  /**
   * A path and its parameters as MAIL and RCPT carry them.
   *
   * @param address empty for the null path
   * @param parameters in upper case, in their order
   */
  record Path(String address, List<String> parameters) {

    /**
     * Takes apart what follows {@code MAIL FROM:} or {@code RCPT TO:}; empty if it is malformed.
     */
    static Optional<Path> parse(String text) {
      int end = closingBracket(text);
      if (end < 0) {
        return Optional.empty();
      }
      String address = withoutSourceRoute(text.substring(1, end));
      String rest = text.substring(end + 1);
      if (!isAddress(address) || (!rest.isEmpty() && rest.charAt(0) != ' ')) {
        return Optional.empty();
      }
      String parameters = rest.strip().toUpperCase(Locale.ROOT);
      return Optional.of(
          new Path(address, parameters.isEmpty() ? List.of() : List.of(parameters.split(" +"))));
    }

    boolean isAscii() {
      return address.chars().allMatch(c -> c < 0x80);
    }

    private static int closingBracket(String text) {
      if (text.isEmpty() || text.charAt(0) != '<') {
        return -1;
      }
      boolean quoted = false;
      for (int at = 1; at < text.length(); at++) {
        char c = text.charAt(at);
        if (quoted && c == '\\') {
          at++;
        } else if (c == '"') {
          quoted = !quoted;
        } else if (c == '>' && !quoted) {
          return at;
        }
      }
      return -1;
    }

    private static String withoutSourceRoute(String path) {
      return path.startsWith("@") ? path.substring(path.indexOf(':') + 1) : path;
    }

    private static boolean isAddress(String address) {
      if (address.isEmpty() || address.equalsIgnoreCase("postmaster")) {
        return true;
      }
      int at = address.lastIndexOf('@');
      boolean quoted = address.startsWith("\"");
      return at > 0
          && at < address.length() - 1
          && address.chars().noneMatch(c -> c < 0x20 || c == 0x7f || (c == ' ' && !quoted));
    }
  }
}

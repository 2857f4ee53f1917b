package io.leverans.domain.bounce;

import io.leverans.domain.identity.EmailAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whom a statement names, seen from the recipient of the delivery that its token is of. */
enum Named {
  THIS_RECIPIENT,
  SOMEBODY_ELSE,
  /** It names none, or only names that were made unreadable (RFC 6590). */
  NOBODY;

  private static final Pattern BLACKED_OUT =
      Pattern.compile(".*redacted.*|[x*?._-]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern DIGEST =
      Pattern.compile("[0-9a-fA-F]{16,}|.+=|(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/_-]{20,}");

  static Named of(Statement statement, EmailAddress recipient) {
    List<String> names = statement.recipients();
    String ours = recipient.toString().toLowerCase(Locale.ROOT);
    if (names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(ours))) {
      return THIS_RECIPIENT;
    }
    return names.stream().allMatch(name -> isUnreadable(name, recipient)) ? NOBODY : SOMEBODY_ELSE;
  }

  /** A digest stands for a local part and leaves the domain as it was (RFC 6590 §3). */
  private static boolean isUnreadable(String name, EmailAddress recipient) {
    int at = name.lastIndexOf('@');
    String local = name.substring(0, Math.max(at, 0));
    String domain = name.substring(at + 1);
    return local.isEmpty()
        || BLACKED_OUT.matcher(local).matches()
        || (domain.equalsIgnoreCase(recipient.domain()) && DIGEST.matcher(local).matches());
  }
}

package io.leverans.mail.report;

import io.leverans.mail.mime.InternationalDomain;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address in a recipient's field of a report (RFC 3464 §2.3.1, RFC 6533 §3) in all the forms in
 * which we may know it: as written, without the encoding that a program forgot to undo (RFC 3461
 * §4), the domain in A-labels and in U-labels.
 */
final class RecipientAddress {
  private static final int LONGEST = 1000;
  private static final Pattern UNICODE = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,6})\\}");
  private static final Pattern QUOTED_ATOMS = Pattern.compile("^\"([\\w.!#$%&'*+/=?^`{|}~-]+)\"$");
  private static final Pattern XTEXT = Pattern.compile("\\+([0-9A-F]{2})");

  private RecipientAddress() {}

  /** Empty for what is no address, such as a file or a program. */
  static List<String> formsOf(String field) {
    if (field.length() > LONGEST) {
      return List.of();
    }
    String address = bare(FieldBlock.withoutType(field));
    String readable =
        UNICODE
            .matcher(address)
            .replaceAll(match -> quoted(codePoint(Integer.parseInt(match.group(1), 16))));
    String undone =
        XTEXT
            .matcher(readable)
            .replaceAll(match -> quoted(codePoint(Integer.parseInt(match.group(1), 16))));
    Set<String> forms = new LinkedHashSet<>();
    addForms(readable, forms);
    addForms(undone, forms);
    return List.copyOf(forms);
  }

  private static void addForms(String address, Set<String> forms) {
    int at = address.lastIndexOf('@');
    if (at <= 0 || at == address.length() - 1) {
      return;
    }
    String local = withoutNeedlessQuotes(address.substring(0, at)) + "@";
    String domain = address.substring(at + 1);
    forms.add(local + domain);
    forms.add(address);
    InternationalDomain.inALabels(domain).ifPresent(ascii -> forms.add(local + ascii));
    forms.add(local + InternationalDomain.inULabels(domain));
  }

  private static String withoutNeedlessQuotes(String localPart) {
    return QUOTED_ATOMS.matcher(localPart).replaceFirst("$1");
  }

  /** Without brackets and without what stands behind the address. */
  private static String bare(String text) {
    int open = text.indexOf('<');
    int close = text.indexOf('>', open + 1);
    String inner = open >= 0 && close > open ? text.substring(open + 1, close) : text;
    String trimmed = inner.strip();
    int end = trimmed.startsWith("\"") ? -1 : firstSpace(trimmed);
    return end < 0 ? trimmed : trimmed.substring(0, end);
  }

  private static int firstSpace(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static String codePoint(int value) {
    boolean sane = Character.isValidCodePoint(value) && !Character.isISOControl(value);
    return sane ? Character.toString(value) : "?";
  }

  private static String quoted(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }
}

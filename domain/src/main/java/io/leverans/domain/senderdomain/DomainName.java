package io.leverans.domain.senderdomain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A domain's name as DNS knows it: in A-labels (RFC 5890 §2.3.2.1), in lower case, without a last
 * dot.
 */
public record DomainName(String text) {
  /** What stands before it in the names of its records has room as well. */
  private static final int MAX_CHARS = 220;

  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

  /** Not a network address: the last label is more than a number. */
  private static final Pattern FORM = Pattern.compile("(?:" + LABEL + "\\.)+(?![0-9]+\\z)" + LABEL);

  public DomainName {
    text = text.toLowerCase(Locale.ROOT);
    if (text.length() > MAX_CHARS || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a domain name such as example.com");
    }
  }

  /** A name below this one. */
  public String below(String labels) {
    return labels + "." + text;
  }

  /** This name and those that it lies in, the closest first, without top-level ones. */
  public List<DomainName> enclosing() {
    List<DomainName> names = new ArrayList<>();
    for (String rest = text; rest.indexOf('.') > 0; rest = rest.substring(rest.indexOf('.') + 1)) {
      names.add(new DomainName(rest));
    }
    return names;
  }

  @Override
  public String toString() {
    return text;
  }
}

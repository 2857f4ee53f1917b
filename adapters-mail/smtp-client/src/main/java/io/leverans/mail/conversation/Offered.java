package io.leverans.mail.conversation;

import io.leverans.mail.conversation.Proof.Extension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says it can do, in answer to EHLO (RFC 5321 §4.1.1.1).
 *
 * @param extensions parameters by keyword, the keyword in upper case
 * @param signIn the mechanisms it signs in by, in upper case, in its order
 */
record Offered(Map<String, String> extensions, List<String> signIn) {
  static final Offered NOTHING = new Offered(Map.of(), List.of());
  private static final Pattern LINE = Pattern.compile("([^\\s=]+)([\\s=]+(.*))?");

  Offered {
    extensions = Map.copyOf(extensions);
    signIn = List.copyOf(signIn);
  }

  /** The first line greets. Old servers write {@code AUTH=LOGIN}, many beside {@code AUTH}. */
  static Offered in(Reply hello) {
    Map<String, String> extensions = new HashMap<>();
    Set<String> signIn = new LinkedHashSet<>();
    for (String line : hello.lines().stream().skip(1).map(String::strip).toList()) {
      Matcher parts = LINE.matcher(line);
      if (parts.matches()) {
        String keyword = parts.group(1).toUpperCase(Locale.ROOT);
        String parameters = parts.group(3) == null ? "" : parts.group(3).strip();
        extensions.put(keyword, parameters);
        if (keyword.equals("AUTH") && !parameters.isEmpty()) {
          signIn.addAll(Arrays.asList(parameters.toUpperCase(Locale.ROOT).split("\\s+")));
        }
      }
    }
    return new Offered(extensions, new ArrayList<>(signIn));
  }

  boolean has(Extension extension) {
    return extensions.containsKey(extension.keyword());
  }

  boolean hasStartTls() {
    return extensions.containsKey("STARTTLS");
  }

  /** The largest message the server takes (RFC 1870 §3), if it says so. */
  OptionalLong largestMessage() {
    String size = extensions.getOrDefault(Extension.SIZE.keyword(), "");
    long limit = size.matches("[0-9]{1,18}") ? Long.parseLong(size) : 0;
    return limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit);
  }

  Proof.Offers toOffers() {
    Set<Extension> known = EnumSet.allOf(Extension.class);
    known.removeIf(extension -> !has(extension));
    return new Proof.Offers(largestMessage(), known, signIn);
  }
}

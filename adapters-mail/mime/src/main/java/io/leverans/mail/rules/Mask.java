package io.leverans.mail.rules;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a table's cell of codes takes, such as {@code 5xx,0} or {@code *.2.2,5.1.*}: {@code x} is a
 * digit, {@code *} any number, and several stand between commas.
 */
public record Mask(Pattern pattern) {
  /** Reads a cell; {@code *} alone takes anything. */
  public static Mask of(String cell) {
    if (cell.equals(RuleTable.ANYTHING)) {
      return new Mask(Pattern.compile(".*"));
    }
    return new Mask(
        Pattern.compile(
            Arrays.stream(cell.split(",", -1))
                .map(mask -> mask.replace(".", "\\.").replace("x", "\\d").replace("*", "\\d*"))
                .collect(Collectors.joining("|"))));
  }

  public boolean takes(String code) {
    return pattern.matcher(code).matches();
  }
}

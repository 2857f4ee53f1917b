package io.leverans.mail.simulator.google;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be looked for in a mailbox with {@code q}: a part of what Gmail understands. */
final class MailSearch {
  private static final Pattern TERM =
      Pattern.compile("(-)?(?:(\\w+):)?(\\{[^}]*\\}|\"[^\"]*\"|[^\\s{}]+)");
  private static final Pattern AGE = Pattern.compile("(\\d{1,4})d");
  private static final Pattern SECONDS = Pattern.compile("\\d{6,}");

  private final List<Predicate<SimulatedMail>> terms = new ArrayList<>();

  /**
   * Reads the terms of a search.
   *
   * @throws IllegalArgumentException if a date is none
   */
  MailSearch(String query) {
    terms.addAll(terms(query));
  }

  private static List<Predicate<SimulatedMail>> terms(String query) {
    List<Predicate<SimulatedMail>> terms = new ArrayList<>();
    Matcher found = TERM.matcher(query);
    while (found.find()) {
      Predicate<SimulatedMail> term = term(found);
      terms.add(found.group(1) == null ? term : term.negate());
    }
    return terms;
  }

  /** In braces, one of several is enough. */
  private static Predicate<SimulatedMail> term(Matcher found) {
    String value = found.group(3);
    if (value.startsWith("{")) {
      List<Predicate<SimulatedMail>> some = terms(value.substring(1, value.length() - 1));
      return mail -> some.stream().anyMatch(term -> term.test(mail));
    }
    String operator = found.group(2) == null ? "" : found.group(2).toLowerCase(Locale.ROOT);
    return term(operator, value.replace("\"", ""));
  }

  boolean finds(SimulatedMail mail) {
    return terms.stream().allMatch(term -> term.test(mail));
  }

  private static Predicate<SimulatedMail> term(String operator, String value) {
    return switch (operator) {
      case "rfc822msgid" -> mail -> bare(headerOf(mail, "Message-ID")).equals(bare(value));
      case "after", "newer" -> {
        Instant after = instant(value);
        yield mail -> !mail.date().isBefore(after);
      }
      case "before", "older" -> {
        Instant before = instant(value);
        yield mail -> mail.date().isBefore(before);
      }
      case "newer_than" -> {
        Duration age = age(value);
        yield mail -> mail.date().isAfter(Instant.now().minus(age));
      }
      case "in", "is", "label" ->
          mail ->
              value.equalsIgnoreCase("anywhere")
                  || mail.labels().contains(label(value.toUpperCase(Locale.ROOT)));
      case "from", "to", "cc", "subject" -> mail -> contains(headerOf(mail, operator), value);
      default -> mail -> contains(headerOf(mail, "Subject"), value);
    };
  }

  /** Folders of drafts and chats are named otherwise than their labels. */
  private static String label(String folder) {
    return folder.equals("DRAFTS") || folder.equals("CHATS")
        ? folder.substring(0, folder.length() - 1)
        : folder;
  }

  private static Duration age(String value) {
    Matcher age = AGE.matcher(value);
    if (!age.matches()) {
      throw new IllegalArgumentException("no age: " + value);
    }
    return Duration.ofDays(Long.parseLong(age.group(1)));
  }

  private static String headerOf(SimulatedMail mail, String name) {
    return mail.header(name).orElse("");
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static String bare(String messageId) {
    return messageId.replaceAll("^<|>$", "");
  }

  private static Instant instant(String value) {
    if (SECONDS.matcher(value).matches()) {
      return Instant.ofEpochSecond(Long.parseLong(value));
    }
    String[] parts = value.split("[/-]", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("no date: " + value);
    }
    try {
      return LocalDate.of(
              Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
          .atStartOfDay(ZoneOffset.UTC)
          .toInstant();
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException("no date: " + value, wrong);
    }
  }
}

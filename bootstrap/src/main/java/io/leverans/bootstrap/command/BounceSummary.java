package io.leverans.bootstrap.command;

import io.leverans.bootstrap.command.ParsedMail.Kind;
import io.leverans.bootstrap.command.ParsedMail.Said;
import io.leverans.domain.delivery.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What many mails say together. Addresses, domains and file names are kept up to a limit, far above
 * what one sender meets, so that memory is bounded whatever is read.
 */
final class BounceSummary {
  private static final int MOST_ADDRESSES = 1_000_000;
  private static final int MOST_DOMAINS = 100_000;
  private static final int DOMAINS_SHOWN = 10;
  private static final int FILES_SHOWN = 50;
  private static final Comparator<Count> MOST_FIRST =
      Comparator.comparingLong(Count::all).reversed();

  private final Map<Kind, Count> kinds = new EnumMap<>(Kind.class);
  private final Map<Cause, Count> causes = new EnumMap<>(Cause.class);
  private final Map<String, Count> domains = new HashMap<>();
  private final Set<String> suppressed = new HashSet<>();
  private final List<String> unreadableFiles = new ArrayList<>();
  private long mails;
  private long unreadable;

  private static final class Count {
    private long all;
    private long terminal;
    private long suppressing;

    long all() {
      return all;
    }
  }

  void add(ParsedMail mail) {
    mails++;
    kinds.computeIfAbsent(mail.kind(), _ -> new Count()).all++;
    mail.records().forEach(this::add);
  }

  void addUnreadable(String file) {
    unreadable++;
    if (unreadableFiles.size() < FILES_SHOWN) {
      unreadableFiles.add(file);
    }
  }

  /** Whether all that was to be read could be. */
  boolean isComplete() {
    return unreadable == 0;
  }

  private void add(Said said) {
    said.cause().ifPresent(cause -> count(said, causes.computeIfAbsent(cause, _ -> new Count())));
    Optional<String> address = said.recipient().map(text -> text.toLowerCase(Locale.ROOT));
    if (said.cause().isPresent()) {
      address
          .map(text -> text.substring(text.lastIndexOf('@') + 1))
          .filter(domain -> domains.containsKey(domain) || domains.size() < MOST_DOMAINS)
          .ifPresent(domain -> count(said, domains.computeIfAbsent(domain, _ -> new Count())));
    }
    if (said.suppresses() && suppressed.size() < MOST_ADDRESSES) {
      address.ifPresent(suppressed::add);
    }
  }

  private static void count(Said said, Count count) {
    count.all++;
    count.terminal += said.isTerminal() ? 1 : 0;
    count.suppressing += said.suppresses() ? 1 : 0;
  }

  /** For a person. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(kindTable());
    if (!causes.isEmpty()) {
      lines.add("");
      lines.addAll(causeTable());
    }
    if (!domains.isEmpty()) {
      lines.add("");
      lines.addAll(domainTable());
    }
    lines.add("");
    lines.add(
        "Addresses that Leverans would leave alone from now on: %s%d"
            .formatted(suppressed.size() < MOST_ADDRESSES ? "" : "at least ", suppressed.size()));
    lines.add("Could not be read: " + unreadable);
    unreadableFiles.forEach(file -> lines.add("  " + file));
    if (unreadable > unreadableFiles.size()) {
      lines.add("  and %d more".formatted(unreadable - unreadableFiles.size()));
    }
    return lines.stream().map(ParsedMailText::printable).toList();
  }

  private List<String> kindTable() {
    TextTable table = new TextTable("kind", ">mails");
    kinds.forEach((kind, count) -> table.row(kind.word(), count.all));
    return table.row("all", mails).lines();
  }

  private List<String> causeTable() {
    TextTable table =
        new TextTable("cause", "fault", ">recipients", ">given up", ">still tried", ">leave alone");
    causes.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(MOST_FIRST))
        .forEach(
            entry -> {
              Count count = entry.getValue();
              table.row(
                  ParsedMailText.words(entry.getKey()),
                  ParsedMailText.words(entry.getKey().fault()),
                  count.all,
                  count.terminal,
                  count.all - count.terminal,
                  count.suppressing);
            });
    return table.lines();
  }

  private List<String> domainTable() {
    TextTable table = new TextTable("domain", ">recipients", ">given up", ">leave alone");
    domains.entrySet().stream()
        .sorted(
            Map.Entry.<String, Count>comparingByValue(MOST_FIRST)
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(DOMAINS_SHOWN)
        .forEach(
            entry ->
                table.row(
                    entry.getKey(),
                    entry.getValue().all,
                    entry.getValue().terminal,
                    entry.getValue().suppressing));
    if (domains.size() > DOMAINS_SHOWN) {
      table.row("and others: " + (domains.size() - DOMAINS_SHOWN), "", "", "");
    }
    return table.lines();
  }
}

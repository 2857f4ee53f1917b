package io.leverans.mail.gmail;

import io.leverans.application.port.provider.DurationText;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How much Google lets an account send: what {@code limits.tsv} says. */
final class Limits {
  private static final String ALL = "all";
  private static final String COMPANY = "company";
  private static final String PERSONAL = "personal";
  private static final String OCTETS = "octets";
  private static final int COLUMNS = 5;
  private static final List<Row> TABLE = table("limits.tsv");

  /** In octets. */
  static final long LARGEST_MESSAGE =
      TABLE.stream()
          .filter(row -> row.counted().equals(OCTETS))
          .mapToLong(Row::number)
          .findFirst()
          .orElseThrow();

  private Limits() {}

  /** Those of a channel; of one at a company where there is no account yet. */
  static List<Limit> of(ChannelSettings settings) {
    Optional<Account> account = Account.of(settings);
    String sort = account.filter(Account::isPersonal).isPresent() ? PERSONAL : COMPANY;
    return TABLE.stream()
        .filter(row -> !row.counted().equals(OCTETS))
        .filter(row -> row.whom().equals(ALL) || row.whom().equals(sort))
        .map(Row::limit)
        .toList();
  }

  private record Row(String whom, long number, String counted, String window, String source) {
    Limit limit() {
      return new Limit(
          Math.toIntExact(number),
          switch (counted) {
            case "messages" -> Counted.MESSAGES;
            case "recipients" -> Counted.RECIPIENTS;
            default -> throw new IllegalArgumentException("not counted: " + counted);
          },
          DurationText.parse(window),
          Scope.CHANNEL,
          source);
    }
  }

  private static List<Row> table(String resource) {
    try (InputStream in = Objects.requireNonNull(Limits.class.getResourceAsStream(resource));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Limits::row)
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException("a row has five columns: " + line);
    }
    return new Row(cells[0], Long.parseLong(cells[1]), cells[2], cells[3], cells[4]);
  }
}

package io.leverans.mail.smtp;

import io.leverans.application.port.provider.DurationText;
import io.leverans.application.port.provider.Preset;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that many customers use: a row of {@code well-known-servers.tsv}.
 *
 * @param hostNames the names that it is found under, for people
 * @param hosts the same
 * @param limits what it lets through
 * @param signIn where an account's owner lets us in, if it takes access tokens
 * @param mailbox where its mailboxes are, if it has any for its customers
 */
record WellKnownServer(
    Preset preset,
    String hostNames,
    Pattern hosts,
    List<Limit> limits,
    Optional<SignInPage> signIn,
    Optional<MailboxHost> mailbox) {
  private static final String NOTHING = "-";
  private static final int COLUMNS = 13;
  private static final Pattern LIMIT =
      Pattern.compile("(\\d{1,7}) (messages|recipients) in (\\w+)");

  /** All rows, in the order of the file. */
  static final List<WellKnownServer> ALL = table("well-known-servers.tsv");

  WellKnownServer {
    limits = List.copyOf(limits);
  }

  /**
   * Where an account's owner lets us in.
   *
   * @param key what the deployment's settings for it begin with
   */
  record SignInPage(String key, URI authorize, URI token, List<String> scopes) {
    SignInPage {
      scopes = List.copyOf(scopes);
    }
  }

  /**
   * Where mailboxes are read over IMAP.
   *
   * @param scopes to ask for besides, where an account's owner lets us in
   */
  record MailboxHost(String host, List<String> scopes) {
    MailboxHost {
      scopes = List.copyOf(scopes);
    }
  }

  static Optional<WellKnownServer> at(String host) {
    return ALL.stream().filter(server -> server.isAt(host)).findFirst();
  }

  boolean isAt(String host) {
    return hosts.matcher(host).matches();
  }

  private static List<WellKnownServer> table(String resource) {
    try (InputStream in =
            Objects.requireNonNull(WellKnownServer.class.getResourceAsStream(resource));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(WellKnownServer::parse)
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static WellKnownServer parse(String row) {
    List<String> cells = List.of(row.split("\t", -1));
    if (cells.size() != COLUMNS || cells.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a row has thirteen filled columns: " + row);
    }
    Map<String, String> values = new HashMap<>();
    values.put(ServerForm.HOST, cells.get(2));
    values.put(ServerForm.PORT, cells.get(4));
    values.put(ServerForm.SECURITY, cells.get(5));
    values.put(ServerForm.AUTH, cells.get(6));
    values.put(ServerForm.CONNECTIONS, cells.get(7));
    values.values().removeIf(NOTHING::equals);
    String source = cells.get(12);
    return new WellKnownServer(
        new Preset(cells.get(0), cells.get(1), values, cells.get(11), source),
        cells.get(3).replace(",", ", "),
        hosts(cells.get(3)),
        limits(cells.get(8), source),
        signIn(cells.get(9)),
        mailbox(cells.get(10)));
  }

  /** Such as {@code imap.example.com scope scope}. */
  private static Optional<MailboxHost> mailbox(String cell) {
    if (cell.equals(NOTHING)) {
      return Optional.empty();
    }
    List<String> words = List.of(cell.split(" ", -1));
    return Optional.of(new MailboxHost(words.getFirst(), words.subList(1, words.size())));
  }

  /** Such as {@code name https://…/authorize https://…/token scope scope}. */
  private static Optional<SignInPage> signIn(String cell) {
    if (cell.equals(NOTHING)) {
      return Optional.empty();
    }
    List<String> words = List.of(cell.split(" ", -1));
    return Optional.of(
        new SignInPage(
            words.get(0),
            URI.create(words.get(1)),
            URI.create(words.get(2)),
            words.subList(3, words.size())));
  }

  /** Names such as {@code smtp.*.example.com,mail.example.com}; a star stands for one label. */
  private static Pattern hosts(String cell) {
    String alternatives =
        Arrays.stream(cell.split(","))
            .map(name -> name.replace(".", "\\.").replace("*", "[a-z0-9-]+"))
            .reduce((one, other) -> one + "|" + other)
            .orElse("");
    return Pattern.compile(cell.equals(NOTHING) ? "(?!)" : alternatives);
  }

  private static List<Limit> limits(String cell, String source) {
    return cell.equals(NOTHING)
        ? List.of()
        : Arrays.stream(cell.split(", ")).map(text -> limit(text, source)).toList();
  }

  private static Limit limit(String text, String source) {
    Matcher matcher = LIMIT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a limit: " + text);
    }
    return new Limit(
        Integer.parseInt(matcher.group(1)),
        matcher.group(2).equals("messages") ? Counted.MESSAGES : Counted.RECIPIENTS,
        DurationText.parse(matcher.group(3)),
        Scope.CHANNEL,
        source);
  }
}

package io.leverans.bootstrap.command;

import io.leverans.application.port.in.AdministerApiKeys;
import io.leverans.application.port.in.AdministerApiKeys.Issue;
import io.leverans.application.port.provider.DurationText;
import io.leverans.application.view.ApiKeyView;
import io.leverans.bootstrap.wiring.Administration;
import io.leverans.domain.team.MemberId;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Keys that act as members: made, listed, taken back. */
@Command(
    name = "key",
    description = "Make, list and take back API keys; each acts as one member.",
    mixinStandardHelpOptions = true)
public final class KeyCommand {
  @Mixin private OperatorOptions operator;

  @Command(
      name = "add",
      description = "Make a key. It is printed this once; only its hash is kept.",
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "TEAM", description = "The team's number.") long team,
      @Parameters(paramLabel = "MEMBER", description = "The id of the member it acts as.")
          UUID member,
      @Option(
              names = "--label",
              paramLabel = "TEXT",
              description = "What it is for.",
              defaultValue = "")
          String label,
      @Option(
              names = "--expires-in",
              paramLabel = "TIME",
              description = "After which it opens nothing, such as 90d. Default: never.",
              converter = ReadableDuration.class)
          Optional<Duration> validFor) {
    var command =
        new AdministerApiKeys.Command(
            OperatorOptions.team(team), new MemberId(member), label, validFor);
    return operator.act(
        (administration, out) -> {
          switch (administration.apiKeys().issue(command)) {
            case Issue.Issued(var holder, _, var clear) -> {
              out.printf("API key %s%n", clear);
              out.printf("acts as %s of team %d%n", holder.name(), team);
            }
            case Issue.UnknownMember() -> throw MemberCommand.unknownMember(team, command.member());
          }
        });
  }

  @Command(
      name = "list",
      description = "List a team's keys by their first letters.",
      mixinStandardHelpOptions = true)
  int list(@Parameters(paramLabel = "TEAM", description = "The team's number.") long team) {
    return operator.act(
        (administration, out) ->
            administration
                .apiKeys()
                .list(OperatorOptions.team(team))
                .forEach(key -> print(key, out)));
  }

  @Command(
      name = "remove",
      description = "Take a key back: it opens nothing from now on.",
      mixinStandardHelpOptions = true)
  int remove(
      @Parameters(paramLabel = "TEAM", description = "The team's number.") long team,
      @Parameters(paramLabel = "PREFIX", description = "The key's first letters, as listed.")
          String prefix) {
    return operator.act((administration, out) -> out.println(revoke(administration, team, prefix)));
  }

  private static String revoke(Administration administration, long team, String prefix) {
    return switch (administration.apiKeys().revoke(OperatorOptions.team(team), prefix)) {
      case REVOKED -> "The key %s… is taken back.".formatted(prefix);
      case UNKNOWN_KEY ->
          throw new IllegalArgumentException(
              "Team %d has no key %s…; 'leverans key list %d' shows those it has."
                  .formatted(team, prefix, team));
    };
  }

  private static void print(ApiKeyView key, PrintWriter out) {
    out.printf(
        "%s\t%s\t%s\tmade %s\t%s\t%s%n",
        key.prefix(),
        key.memberName(),
        key.label(),
        day(key.createdAt()),
        key.expiresAt().map(at -> "expires " + day(at)).orElse("never expires"),
        key.lastUsedAt().map(at -> "last used " + minute(at)).orElse("never used"));
  }

  private static String day(Instant instant) {
    return instant.toString().substring(0, 10);
  }

  private static String minute(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MINUTES).toString();
  }

  /** A length of time as in the configuration. */
  static final class ReadableDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return DurationText.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}

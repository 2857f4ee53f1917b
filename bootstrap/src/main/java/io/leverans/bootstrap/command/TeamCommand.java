package io.leverans.bootstrap.command;

import io.leverans.application.port.in.AdministerTeams.Removal;
import io.leverans.application.port.in.SetUpTeam;
import io.leverans.bootstrap.wiring.Administration;
import io.leverans.domain.team.Team;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Teams: made, listed, removed. */
@Command(
    name = "team",
    description = "Make, list and remove teams, beside a running service or without it.",
    mixinStandardHelpOptions = true)
public final class TeamCommand {
  @Mixin private OperatorOptions operator;

  @Command(
      name = "add",
      description = {
        "Make a team with its first member, an admin, and a key that acts as them.",
        "The key is printed this once; only its hash is kept."
      },
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "NAME", description = "The team's name.") String name,
      @Option(
              names = "--admin",
              paramLabel = "NAME",
              description = "The admin's name. Default: ${DEFAULT-VALUE}.",
              defaultValue = "Admin")
          String admin) {
    return operator.act(
        (administration, out) -> {
          SetUpTeam.Result made =
              administration.setUpTeam().setUp(new SetUpTeam.Command(name, admin, List.of()));
          out.printf("team    %d  %s%n", made.team().value(), name);
          out.printf("API key %s%n", made.apiKey());
        });
  }

  @Command(name = "list", description = "List the teams.", mixinStandardHelpOptions = true)
  int list() {
    return operator.act(
        (administration, out) -> {
          for (Team team : administration.teams().list()) {
            out.printf("%d\t%s%n", team.id().value(), team.name());
          }
        });
  }

  @Command(
      name = "remove",
      description = {
        "Remove a team: its keys open nothing from now on, and nothing more is accepted from it.",
        "What it sent stays, and mail that was accepted is still delivered."
      },
      mixinStandardHelpOptions = true)
  int remove(@Parameters(paramLabel = "TEAM", description = "The team's number.") long number) {
    return operator.act((administration, out) -> out.println(remove(administration, number)));
  }

  private static String remove(Administration administration, long number) {
    Removal removal = administration.teams().remove(OperatorOptions.team(number));
    return switch (removal) {
      case REMOVED -> "Team %d is removed.".formatted(number);
      case UNKNOWN_TEAM -> throw OperatorOptions.unknownTeam(number);
      case OPERATORS_OWN ->
          throw new IllegalArgumentException(
              "Team 1 is the operator's own and cannot be removed; nothing was changed.");
    };
  }
}

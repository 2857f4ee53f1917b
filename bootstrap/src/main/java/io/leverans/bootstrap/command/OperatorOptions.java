package io.leverans.bootstrap.command;

import io.leverans.bootstrap.wiring.Administration;
import io.leverans.bootstrap.wiring.OperatorsDesk;
import io.leverans.domain.team.TeamId;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the operator's commands have in common: settings, and a deployment to act on. */
final class OperatorOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConfigurationOptions configuration;

  /** Something to do, and where to tell of it. */
  @FunctionalInterface
  interface Act {
    void on(Administration administration, PrintWriter out);
  }

  int act(Act act) {
    Logging.warningsOnly();
    PrintWriter out = spec.commandLine().getOut();
    try (OperatorsDesk desk = OperatorsDesk.open(configuration.settings())) {
      act.on(desk.administration(), out);
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  static TeamId team(long number) {
    try {
      return new TeamId(number);
    } catch (IllegalArgumentException _) {
      throw unknownTeam(number);
    }
  }

  static IllegalArgumentException unknownTeam(long number) {
    return new IllegalArgumentException(
        "There is no team %d; 'leverans team list' shows those there are.".formatted(number));
  }
}

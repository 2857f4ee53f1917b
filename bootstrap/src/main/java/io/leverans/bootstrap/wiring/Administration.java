package io.leverans.bootstrap.wiring;

import io.leverans.application.port.in.AdministerApiKeys;
import io.leverans.application.port.in.AdministerMembers;
import io.leverans.application.port.in.AdministerTeams;
import io.leverans.application.port.in.CollectSamples;
import io.leverans.application.port.in.ExplainAnyMessage;
import io.leverans.application.port.in.RotateKeys;
import io.leverans.application.port.in.SetUpTeam;
import java.util.Objects;

/** What an operator does from the command line. */
public record Administration(
    SetUpTeam setUpTeam,
    AdministerTeams teams,
    AdministerMembers members,
    AdministerApiKeys apiKeys,
    RotateKeys rotateKeys,
    ExplainAnyMessage explainAnyMessage,
    CollectSamples collectSamples) {
  public Administration {
    Objects.requireNonNull(setUpTeam);
    Objects.requireNonNull(teams);
    Objects.requireNonNull(members);
    Objects.requireNonNull(apiKeys);
    Objects.requireNonNull(rotateKeys);
    Objects.requireNonNull(explainAnyMessage);
    Objects.requireNonNull(collectSamples);
  }
}

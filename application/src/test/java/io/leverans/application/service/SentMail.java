package io.leverans.application.service;

import io.leverans.application.port.in.AcceptMessage.Command;
import io.leverans.application.port.in.AcceptMessage.Result;
import io.leverans.application.port.in.AcceptMessage.Suppressed;
import io.leverans.application.view.MessageView;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import java.util.Map;
import java.util.Optional;

/** Mail that the admin of a deployment has sent. */
public final class SentMail {
  private final Deployment deployment;
  private final Identity identity;

  public SentMail(Deployment deployment) {
    this.deployment = deployment;
    this.identity = deployment.verified(deployment.admin, "anna@example.com");
  }

  public MessageView accept(String... recipients) {
    return ((Result.Accepted) tryToAccept(Schedule.AT_ONCE, recipients)).message();
  }

  public Result tryToAccept(Schedule schedule, String... recipients) {
    var command =
        new Command(
            deployment.admin,
            identity.id(),
            Deployment.to(recipients),
            Content.plain("Hi", "Hello"),
            Map.of(),
            Urgency.PERSONAL,
            schedule,
            Suppressed.REFUSE,
            Optional.empty());
    return deployment.accepting().accept(command);
  }
}

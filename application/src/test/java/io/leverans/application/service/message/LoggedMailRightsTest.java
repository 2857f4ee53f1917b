package io.leverans.application.service.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.LogMessage.Command;
import io.leverans.application.port.in.LogMessage.Result;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.service.Deployment;
import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.EmailAddress;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who logs mail in whose name, who sees it, and what can no longer be done with it. */
class LoggedMailRightsTest extends LoggedMails {
  @Test
  void nobody_logs_in_a_colleagues_name_but_an_admin() {
    assertThat(service.log(by(deployment.colleague)))
        .isEqualTo(new Result.UnknownIdentity(identity.id()));
    assertThat(service.log(by(deployment.stranger)))
        .isEqualTo(new Result.UnknownIdentity(identity.id()));
    assertThat(service.log(by(deployment.admin))).isInstanceOf(Result.Logged.class);
  }

  private Command by(Caller caller) {
    return new Command(
        caller,
        identity.id(),
        Optional.empty(),
        tell(Deployment.to("di@example.org")),
        Map.of(),
        Optional.empty());
  }

  @Test
  void logged_mail_is_seen_by_those_who_see_the_rest() throws IOException {
    MessageView logged = logged(service.log(whole("mail")));
    var reader = new ReadMessageService(deployment.messages, deployment.identities);
    assertThat(reader.read(deployment.member, logged.id())).isPresent();
    assertThat(reader.read(deployment.admin, logged.id())).isPresent();
    assertThat(reader.read(deployment.colleague, logged.id())).isEmpty();
    assertThat(raw(deployment.admin, logged)).isEqualTo("mail");
  }

  @Test
  void it_can_be_neither_retried_nor_resolved() {
    MessageView logged = logged(service.log(whole("mail")));
    assertThat(
            new RetryMessageService(
                    deployment.messages, deployment.identities, deployment.suppressions)
                .retry(deployment.member, logged.id()))
        .isInstanceOf(RetryMessage.Result.NothingToRetry.class);
    assertThat(
            new ResolveDoubtService(
                    deployment.messages, deployment.identities, deployment.suppressions)
                .resolve(
                    new ResolveDoubt.Command(
                        deployment.member,
                        logged.id(),
                        EmailAddress.parse("cy@example.org"),
                        ResolveDoubt.Resolution.RESEND)))
        .isEqualTo(new ResolveDoubt.Result.NotInDoubt(DeliveryState.LOGGED));
  }
}

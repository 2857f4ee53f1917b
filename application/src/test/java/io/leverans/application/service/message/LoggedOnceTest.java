package io.leverans.application.service.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.LogMessage.Command;
import io.leverans.application.port.in.LogMessage.Result;
import io.leverans.application.port.in.LogMessage.Told;
import io.leverans.application.service.Deployment;
import io.leverans.application.view.MessageView;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.MailFormat;
import io.leverans.domain.message.MailHeader;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoggedOnceTest extends LoggedMails {
  @Test
  void the_same_mail_logged_again_is_answered_with_the_first() {
    MessageView first = logged(service.log(whole("mail")));
    assertThat(service.log(whole("mail"))).isEqualTo(new Result.KnownAlready(first));
  }

  @Test
  void a_mail_without_a_usual_message_id_logged_again_is_answered_with_the_first() {
    reading = new MailFormat.Reading.Read(from(HEADER.from()));
    MessageView first = logged(service.log(wholeOnly("mail")));

    assertThat(service.log(wholeOnly("mail"))).isEqualTo(new Result.KnownAlready(first));
    assertThat(service.log(wholeOnly("another mail"))).isInstanceOf(Result.Logged.class);
  }

  private Command wholeOnly(String raw) {
    return new Command(
        deployment.member,
        identity.id(),
        Optional.of(octets(raw)),
        Told.NOTHING,
        Map.of(),
        Optional.empty());
  }

  @Test
  void a_mail_that_we_sent_is_not_logged_beside_itself() {
    var sent =
        assertInstanceOf(
                AcceptMessage.Result.Accepted.class,
                deployment
                    .accepting()
                    .accept(
                        new AcceptMessage.Command(
                            deployment.member,
                            identity.id(),
                            Deployment.to("cy@example.org"),
                            Content.plain("Hi", "Hello"),
                            Map.of(),
                            Urgency.PERSONAL,
                            Schedule.AT_ONCE,
                            AcceptMessage.Suppressed.REFUSE,
                            Optional.empty())))
            .message();
    reading =
        new MailFormat.Reading.Read(
            new MailHeader(
                HEADER.from(),
                HEADER.recipients(),
                HEADER.subject(),
                HEADER.date(),
                Optional.of(sent.internetId()),
                Optional.empty()));
    assertThat(service.log(whole("our own"))).isEqualTo(new Result.KnownAlready(sent));
  }

  @Test
  void a_repeated_request_gets_what_the_first_one_got() {
    var command = told(Optional.of(KEY));
    MessageView first = logged(service.log(command));
    assertThat(service.log(command)).isEqualTo(new Result.LoggedBefore(first));
    assertThat(service.log(told(Optional.of(new Idempotency("sync-1", "f2")))))
        .isEqualTo(new Result.KeyUsedOtherwise("sync-1"));
  }
}

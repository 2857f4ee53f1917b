package io.leverans.application.service.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.LogMessage.Command;
import io.leverans.application.port.in.LogMessage.Result;
import io.leverans.application.port.in.LogMessage.Told;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.service.Deployment;
import io.leverans.application.view.MessageView;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MailFormat;
import io.leverans.domain.message.MailHeader;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NotLoggedTest extends LoggedMails {
  @Test
  void what_is_no_mail_names_nobody_or_is_too_large_is_not_kept() {
    assertThat(service.log(whole("x".repeat(10_001))))
        .isEqualTo(new Result.TooLarge(10_001, 10_000));
    reading = new MailFormat.Reading.NotMail("why");
    assertThat(service.log(whole("x"))).isEqualTo(new Result.NotMail("why"));
    reading = new MailFormat.Reading.TooManyRecipients(7);
    assertThat(service.log(whole("x"))).isEqualTo(new Result.TooManyRecipients(7));
    reading =
        new MailFormat.Reading.Read(
            new MailHeader(
                HEADER.from(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(
            service.log(
                new Command(
                    deployment.member,
                    identity.id(),
                    Optional.of(octets("x")),
                    Told.NOTHING,
                    Map.of(),
                    Optional.empty())))
        .isEqualTo(new Result.NobodyNamed());
  }

  @Test
  void mail_to_somebody_whose_data_was_erased_is_not_kept() {
    SuppressedAddress entry = listed("DI@example.org", SuppressionReason.ERASED);

    assertThat(service.log(told(Optional.of(KEY))))
        .isEqualTo(
            new Result.RecipientsErased(Map.of(EmailAddress.parse("di@example.org"), entry)));

    takeOff(entry);
    assertThat(service.log(told(Optional.of(KEY)))).isInstanceOf(Result.Logged.class);
  }

  @Test
  void nor_is_a_whole_mail_that_names_them_among_others() {
    SuppressedAddress entry = listed("ed@example.net", SuppressionReason.ERASED);
    reading =
        new MailFormat.Reading.Read(
            new MailHeader(
                HEADER.from(),
                Deployment.to("cy@example.org", "ed@example.net"),
                HEADER.subject(),
                HEADER.date(),
                HEADER.messageId(),
                HEADER.inReplyTo()));

    assertThat(service.log(whole("mail")))
        .isEqualTo(
            new Result.RecipientsErased(Map.of(EmailAddress.parse("ed@example.net"), entry)));
  }

  @ParameterizedTest
  @EnumSource(value = SuppressionReason.class, mode = EnumSource.Mode.EXCLUDE, names = "ERASED")
  void whom_the_team_does_not_write_to_for_another_reason_a_member_did(SuppressionReason reason) {
    var _ = listed("di@example.org", reason);

    assertThat(service.log(told(Optional.empty()))).isInstanceOf(Result.Logged.class);
  }

  @Test
  void what_was_logged_under_a_key_stays_so_when_the_address_is_erased_afterwards() {
    MessageView first = logged(service.log(told(Optional.of(KEY))));
    var _ = listed("di@example.org", SuppressionReason.ERASED);

    assertThat(service.log(told(Optional.of(KEY)))).isEqualTo(new Result.LoggedBefore(first));
  }

  private SuppressedAddress listed(String address, SuppressionReason reason) {
    return assertInstanceOf(
            Suppressions.Addition.Added.class,
            deployment.suppressions.add(
                new Suppressions.NewSuppression(
                    deployment.member.team(),
                    new SuppressionId(deployment.ids.next()),
                    EmailAddress.parse(address),
                    reason,
                    Optional.empty(),
                    Optional.empty())))
        .entry();
  }

  private void takeOff(SuppressedAddress entry) {
    assertThat(
            deployment.suppressions.remove(
                deployment.admin.team(), entry.id(), deployment.admin.member().id(), "asked"))
        .isEqualTo(Suppressions.Removal.REMOVED);
  }
}

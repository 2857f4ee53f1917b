package io.leverans.application.service.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.ReadSentBytes.Result;
import io.leverans.application.port.in.RequestVerification;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.SentMail;
import io.leverans.application.service.identity.ReadIdentitiesService;
import io.leverans.application.service.identity.RequestVerificationService;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.message.MessageId;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadSentBytesServiceTest {
  private final Deployment deployment = new Deployment();
  private final MessageId message =
      new SentMail(deployment).accept("bo@example.org", "cy@example.org").id();

  @Test
  void shows_what_the_named_recipient_gets() throws IOException {
    assertThat(read(Optional.of("CY@example.org")))
        .isEqualTo("For: cy@example.org\nFrom: anna@example.com\n\nHello");
  }

  @Test
  void shows_what_the_first_recipient_gets_if_none_is_named() throws IOException {
    assertThat(read(Optional.empty())).startsWith("For: bo@example.org\n");
  }

  @Test
  void shows_what_was_composed_if_the_kind_is_no_longer_offered() throws IOException {
    Result result =
        service(deployment.noProviders).read(deployment.admin, message, Optional.empty());
    assertThat(text(result)).isEqualTo("From: anna@example.com\n\nHello");
  }

  @Test
  void what_was_sent_before_the_message_was_moved_is_shown_as_its_own_channel_sends()
      throws IOException {
    NewMail mail = deployment.messages.accepted().getLast();
    var removed = new ChannelId(deployment.ids.next());
    deployment.messages.sentThrough(removed, mail.dispatches().getFirst().id());

    assertThat(read(Optional.of("bo@example.org"))).isEqualTo("From: anna@example.com\n\nHello");
    assertThat(read(Optional.of("cy@example.org"))).startsWith("For: cy@example.org\n");
  }

  @Test
  void what_was_purged_is_told_with_its_time() {
    deployment.messages.purge(message);

    assertThat(service().read(deployment.admin, message, Optional.empty()))
        .isEqualTo(
            new Result.Purged(
                deployment
                    .messages
                    .find(deployment.admin.team(), message)
                    .orElseThrow()
                    .contentPurgedAt()
                    .orElseThrow()));
  }

  @Test
  void whom_the_message_does_not_go_to_is_unknown() {
    EmailAddress nobody = EmailAddress.parse("nobody@example.org");
    assertThat(service().read(deployment.admin, message, Optional.of(nobody)))
        .isEqualTo(new Result.UnknownRecipient(nobody));
  }

  @Test
  void another_teams_message_is_unknown() {
    assertThat(service().read(deployment.stranger, message, Optional.empty()))
        .isEqualTo(new Result.UnknownMessage());
    assertThat(
            new ReadMessageService(deployment.messages, deployment.identities)
                .read(deployment.stranger, message))
        .isEmpty();
  }

  @Test
  void a_member_does_not_see_the_messages_of_the_others() {
    assertThat(service().read(deployment.colleague, message, Optional.empty()))
        .isEqualTo(new Result.UnknownMessage());
    var readMessage = new ReadMessageService(deployment.messages, deployment.identities);
    assertThat(readMessage.read(deployment.colleague, message)).isEmpty();
    assertThat(readMessage.read(deployment.admin, message)).isPresent();
  }

  @Test
  void nobody_reads_the_link_that_only_the_address_may_prove() {
    Identity identity = deployment.unverified(deployment.member, "boss@example.org");
    var verification =
        new RequestVerificationService(
            new ReadIdentitiesService(deployment.identities), deployment.verificationMail());
    assertThat(verification.request(deployment.member, identity.id()))
        .isEqualTo(new RequestVerification.Result.Sent(identity));
    MessageId mail = deployment.messages.accepted().getLast().message().id();
    for (Caller caller : new Caller[] {deployment.member, deployment.admin}) {
      assertThat(service().read(caller, mail, Optional.empty()))
          .isEqualTo(new Result.UnknownMessage());
    }
  }

  private String read(Optional<String> recipient) throws IOException {
    return text(service().read(deployment.admin, message, recipient.map(EmailAddress::parse)));
  }

  private ReadSentBytesService service() {
    return service(deployment.providers);
  }

  private ReadSentBytesService service(Providers providers) {
    return new ReadSentBytesService(
        deployment.messages, deployment.identities, deployment.channels, providers);
  }

  private static String text(Result result) throws IOException {
    return new String(assertInstanceOf(Result.Found.class, result).bytes().toArray(), UTF_8);
  }
}

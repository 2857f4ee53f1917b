package io.leverans.application.service.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.CreateIdentity;
import io.leverans.application.port.in.CreateIdentity.Command;
import io.leverans.application.port.in.CreateIdentity.Result;
import io.leverans.application.port.in.RequestVerification;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.service.Deployment;
import io.leverans.application.view.Caller;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Identity.Standing;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CreateIdentityServiceTest {
  private static final Pattern LINK =
      Pattern.compile("https://leverans\\.example\\.com/app/verify/(\\S+)");

  private final Deployment deployment = new Deployment();
  private final CreateIdentityService create =
      new CreateIdentityService(
          deployment.identities,
          deployment.ids,
          deployment.choosing,
          deployment.verificationMail());
  private final VerifyIdentityService verify = new VerifyIdentityService(deployment.identities);
  private final RequestVerificationService request =
      new RequestVerificationService(
          new ReadIdentitiesService(deployment.identities), deployment.verificationMail());

  @Test
  void a_new_identity_is_the_callers_and_may_not_send_yet() {
    Identity created = created(deployment.member, "Bo Ek <bo@example.org>");
    assertThat(created.team()).isEqualTo(deployment.member.team());
    assertThat(created.member()).isEqualTo(deployment.member.member().id());
    assertThat(created.mailbox()).isEqualTo(Mailbox.parse("Bo Ek <bo@example.org>"));
    assertThat(created.channel()).isEqualTo(deployment.platformChannel.id());
    assertThat(created.verification()).isEqualTo(new Verification.Pending());
  }

  @Test
  void an_address_that_no_header_can_carry_is_refused_at_once() {
    EmailAddress address = EmailAddress.parse("åsa@example.org");

    assertThat(
            create.create(
                new CreateIdentity.Command(
                    deployment.member,
                    Mailbox.of(address),
                    Optional.empty(),
                    Replies.TO_SHOWN_ADDRESS)))
        .isEqualTo(new CreateIdentity.Result.LocalPartNotAscii(address));
    assertThat(deployment.messages.accepted()).isEmpty();
  }

  @Test
  void a_members_first_identity_is_their_default() {
    assertThat(created(deployment.member, "bo@example.org").standing()).isEqualTo(Standing.DEFAULT);
    assertThat(created(deployment.member, "bo@example.net").standing())
        .isEqualTo(Standing.ADDITIONAL);
    assertThat(created(deployment.colleague, "cy@example.org").standing())
        .isEqualTo(Standing.DEFAULT);
  }

  @Test
  void an_address_that_the_member_has_already_makes_no_second_identity_and_no_mail() {
    Identity first = created(deployment.member, "bo@example.org");
    assertThat(create(deployment.member, "BO@example.org"))
        .isEqualTo(new Result.AddressTaken(first));
    assertThat(deployment.messages.accepted()).hasSize(1);
  }

  @Test
  void a_colleague_may_have_the_same_address() {
    var _ = created(deployment.member, "info@example.org");
    assertThat(create(deployment.colleague, "info@example.org")).isInstanceOf(Result.Created.class);
  }

  @Test
  void the_mail_goes_to_the_address_alone_from_the_system_through_the_platforms_channel() {
    var _ = created(deployment.member, "Bo <bo@example.org>");
    Message message = deployment.messages.accepted().getFirst().message();
    assertThat(message.purpose()).isEqualTo(Purpose.SYSTEM);
    assertThat(message.identity()).isEmpty();
    assertThat(message.channel()).isEqualTo(deployment.platformChannel.id());
    assertThat(message.from()).isEqualTo(deployment.systemSender.mailbox());
    assertThat(message.recipients())
        .containsExactly(new Recipient(Recipient.Role.TO, Mailbox.parse("bo@example.org")));
  }

  @Test
  void the_mail_holds_a_link_whose_code_verifies() throws IOException {
    Identity created = created(deployment.member, "bo@example.org");
    Identity verified = verify.verify(mailedCode()).orElseThrow();
    assertThat(verified.id()).isEqualTo(created.id());
    assertThat(verified.verification()).isEqualTo(new Verification.Verified(deployment.now()));
    assertThat(stored(created)).contains(verified);
  }

  @Test
  void looking_at_the_link_does_not_verify_however_often() throws IOException {
    Identity created = created(deployment.member, "bo@example.org");
    LinkCode code = mailedCode();
    for (int i = 0; i < 3; i++) {
      assertThat(verify.lookUp(code)).contains(created);
    }
    assertThat(stored(created).orElseThrow().verification()).isEqualTo(new Verification.Pending());
  }

  @Test
  void a_code_works_once_and_for_three_days() throws IOException {
    var _ = created(deployment.member, "bo@example.org");
    LinkCode code = mailedCode();
    deployment.pass(Duration.ofDays(3).minusSeconds(1));
    assertThat(verify.lookUp(code)).isPresent();
    deployment.pass(Duration.ofSeconds(1));
    assertThat(verify.lookUp(code)).isEmpty();
    assertThat(verify.verify(code)).isEmpty();

    var _ =
        request.request(
            deployment.member,
            deployment.identities.list(deployment.member.team()).getFirst().id());
    assertThat(verify.verify(mailedCode())).isPresent();
    assertThat(verify.verify(mailedCode())).isEmpty();
  }

  @Test
  void a_second_mail_makes_the_first_link_worthless() throws IOException {
    Identity created = created(deployment.member, "bo@example.org");
    LinkCode first = mailedCode();
    assertThat(request.request(deployment.member, created.id()))
        .isEqualTo(new RequestVerification.Result.Sent(created));
    assertThat(verify.verify(first)).isEmpty();
    assertThat(verify.verify(mailedCode())).isPresent();
  }

  @Test
  void a_verified_identity_gets_no_second_mail() {
    Identity verified = deployment.verified(deployment.member, "bo@example.org");
    assertThat(request.request(deployment.member, verified.id()))
        .isEqualTo(new RequestVerification.Result.VerifiedAlready(verified));
    assertThat(deployment.messages.accepted()).isEmpty();
  }

  @Test
  void nobody_asks_for_mail_to_a_colleagues_or_a_strangers_identity() {
    Identity created = created(deployment.member, "bo@example.org");
    assertThat(request.request(deployment.colleague, created.id()))
        .isEqualTo(new RequestVerification.Result.UnknownIdentity());
    assertThat(request.request(deployment.stranger, created.id()))
        .isEqualTo(new RequestVerification.Result.UnknownIdentity());
    assertThat(deployment.messages.accepted()).hasSize(1);
  }

  @Test
  void an_admin_sees_the_teams_identities_and_a_member_their_own() {
    Identity own = created(deployment.member, "bo@example.org");
    Identity other = created(deployment.colleague, "cy@example.org");
    var read = new ReadIdentitiesService(deployment.identities);
    assertThat(read.list(deployment.admin)).containsExactly(own, other);
    assertThat(read.list(deployment.member)).containsExactly(own);
    assertThat(read.read(deployment.member, other.id())).isEmpty();
    assertThat(read.list(deployment.stranger)).isEmpty();
  }

  private Identity created(Caller caller, String mailbox) {
    return assertInstanceOf(Result.Created.class, create(caller, mailbox)).identity();
  }

  private Result create(Caller caller, String mailbox) {
    return create.create(
        new Command(caller, Mailbox.parse(mailbox), Optional.empty(), Replies.TO_SHOWN_ADDRESS));
  }

  private Optional<Identity> stored(Identity identity) {
    return deployment.identities.find(identity.team(), identity.id());
  }

  /** From the latest mail, as its reader sees it. */
  private LinkCode mailedCode() throws IOException {
    NewMail mail = deployment.messages.accepted().getLast();
    Matcher matcher = LINK.matcher(new String(mail.composed().toArray(), UTF_8));
    assertThat(matcher.find()).isTrue();
    return LinkCode.parse(matcher.group(1));
  }
}

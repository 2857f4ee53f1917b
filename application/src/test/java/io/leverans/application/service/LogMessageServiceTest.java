package io.leverans.application.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.LogMessage.Command;
import io.leverans.application.port.in.LogMessage.Result;
import io.leverans.application.port.in.LogMessage.Told;
import io.leverans.application.port.in.ReadSentBytes;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Letter;
import io.leverans.domain.message.MailFormat;
import io.leverans.domain.message.MailHeader;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogMessageServiceTest {
  private static final Instant THEN = Instant.parse("2026-11-20T08:00:00Z");
  private static final InternetMessageId ID = new InternetMessageId("<1@mailbox.example>");
  private static final Idempotency KEY = new Idempotency("sync-1", "f1");
  private static final MailHeader HEADER =
      new MailHeader(
          Mailbox.parse("Bo at home <BO@example.com>"),
          Deployment.to("cy@example.org"),
          Optional.of("From the header"),
          Optional.of(THEN),
          Optional.of(ID),
          Optional.empty());

  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Identity identity = deployment.verified(deployment.member, "Bo <bo@example.com>");
  private MailFormat.Reading reading = new MailFormat.Reading.Read(HEADER);
  private final LogMessageService service =
      new LogMessageService(
          deployment.identities,
          deployment.messages,
          deployment.ids,
          deployment::now,
          deployment.policy,
          new MailFormat() {
            @Override
            public Reading read(Octets mail) {
              return reading;
            }

            @Override
            public InternetMessageId standIn(Octets mail) {
              return new InternetMessageId("<" + mail.size() + "@octets.example>");
            }

            @Override
            public Octets write(Letter letter) {
              return octets("Written: " + letter.content().text().orElse(""));
            }
          },
          new ShownAddresses(deployment.channels, own.providers, deployment.authors),
          deployment.suppressions);

  @Test
  void what_is_told_of_a_mail_lies_in_sent_without_a_channel() throws IOException {
    MessageView logged = logged(service.log(told(Optional.empty())));
    assertThat(logged.purpose()).isEqualTo(Purpose.LOGGED);
    assertThat(logged.folder()).isEqualTo(Folder.SENT);
    assertThat(logged.channel()).isEmpty();
    assertThat(logged.identity()).contains(identity.id());
    assertThat(logged.from()).isEqualTo(identity.mailbox());
    assertThat(logged.subject()).isEqualTo("Told");
    assertThat(logged.sentAt()).contains(THEN);
    assertThat(logged.internetId()).isEqualTo(ID);
    assertThat(logged.deliveries())
        .extracting(DeliveryView::state)
        .containsExactly(DeliveryState.LOGGED);
    assertThat(deployment.messages.find(deployment.member.team(), logged.id())).contains(logged);
    assertThat(raw(deployment.member, logged)).isEqualTo("Written: Hello");
  }

  @Test
  void the_header_of_a_whole_mail_wins_over_what_is_told() throws IOException {
    MessageView logged = logged(service.log(whole("the mail itself")));
    assertThat(logged.from()).isEqualTo(HEADER.from());
    assertThat(logged.subject()).isEqualTo("From the header");
    assertThat(recipients(logged)).containsExactly("cy@example.org");
    assertThat(raw(deployment.member, logged)).isEqualTo("the mail itself");
  }

  @Test
  void what_the_header_lacks_is_taken_from_what_is_told() {
    reading =
        new MailFormat.Reading.Read(
            new MailHeader(
                HEADER.from(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    MessageView logged = logged(service.log(whole("mail")));
    assertThat(logged.subject()).isEqualTo("Told");
    assertThat(logged.sentAt()).contains(THEN);
    assertThat(logged.internetId()).isEqualTo(ID);
    assertThat(recipients(logged)).containsExactly("di@example.org");
  }

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

  @Test
  void a_mail_from_somebody_else_is_not_the_identitys() {
    Mailbox other = Mailbox.parse("di@elsewhere.example");
    reading = new MailFormat.Reading.Read(from(other));

    assertThat(service.log(whole("mail")))
        .isEqualTo(new Result.OtherAuthor(other.address(), List.of(identity.mailbox().address())));
  }

  @Test
  void a_mail_from_the_account_of_a_channel_is_the_identitys() {
    Mailbox account = Mailbox.parse("Bo <bo.home@mailbox.example>");
    own.pigeon.shownAs = Optional.of(account);
    reading = new MailFormat.Reading.Read(from(account));
    assertThat(service.log(whole("mail"))).isInstanceOf(Result.OtherAuthor.class);

    var _ = own.connected(deployment.colleague, Ownership.MEMBER, OwnChannels.withRing());
    assertThat(service.log(whole("mail"))).isInstanceOf(Result.OtherAuthor.class);

    var _ = own.ofMember();
    assertThat(logged(service.log(whole("mail"))).from()).isEqualTo(account);
  }

  private static MailHeader from(Mailbox author) {
    return new MailHeader(
        author,
        HEADER.recipients(),
        HEADER.subject(),
        HEADER.date(),
        Optional.empty(),
        Optional.empty());
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

  @Test
  void nobody_logs_in_a_colleagues_name_but_an_admin() {
    assertThat(service.log(by(deployment.colleague)))
        .isEqualTo(new Result.UnknownIdentity(identity.id()));
    assertThat(service.log(by(deployment.stranger)))
        .isEqualTo(new Result.UnknownIdentity(identity.id()));
    assertThat(service.log(by(deployment.admin))).isInstanceOf(Result.Logged.class);
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

  private Command by(Caller caller) {
    return new Command(
        caller,
        identity.id(),
        Optional.empty(),
        tell(Deployment.to("di@example.org")),
        Map.of(),
        Optional.empty());
  }

  private Command whole(String raw) {
    return new Command(
        deployment.member,
        identity.id(),
        Optional.of(octets(raw)),
        tell(Deployment.to("di@example.org")),
        Map.of(),
        Optional.empty());
  }

  private Command told(Optional<Idempotency> key) {
    return new Command(
        deployment.member,
        identity.id(),
        Optional.empty(),
        tell(Deployment.to("di@example.org")),
        Map.of(),
        key);
  }

  private static Told tell(List<Recipient> recipients) {
    return new Told(
        recipients,
        Optional.of("Told"),
        Optional.of("Hello"),
        Optional.empty(),
        Optional.of(THEN),
        Optional.of(ID),
        Optional.empty());
  }

  private String raw(Caller caller, MessageView message) throws IOException {
    var bytes =
        new ReadSentBytesService(
                deployment.messages,
                deployment.identities,
                deployment.channels,
                deployment.providers)
            .read(caller, message.id(), Optional.empty());
    return new String(
        assertInstanceOf(ReadSentBytes.Result.Found.class, bytes).bytes().toArray(), UTF_8);
  }

  private static List<String> recipients(MessageView message) {
    return message.deliveries().stream()
        .map(delivery -> delivery.recipient().mailbox().toString())
        .toList();
  }

  private static MessageView logged(Result result) {
    return assertInstanceOf(Result.Logged.class, result).message();
  }

  private static Octets octets(String text) {
    return Octets.of(text.getBytes(UTF_8));
  }
}

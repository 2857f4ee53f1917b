package io.leverans.application.service.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.ExportPerson;
import io.leverans.application.port.in.ReadSentBytes;
import io.leverans.application.port.out.PersonalData.Holdings;
import io.leverans.application.port.out.memory.MemoryDomainNames;
import io.leverans.application.service.Deployment;
import io.leverans.application.view.AttemptView;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Handling;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.suppression.SuppressedAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExportPersonServiceTest {
  private static final EmailAddress PERSON = EmailAddress.parse("hana@example.org");
  private static final Octets MAIL = Octets.of("the mail".getBytes(UTF_8));
  private static final Octets REPORT = Octets.of("the report".getBytes(UTF_8));

  private final Deployment deployment = new Deployment();
  private final Identity identity = deployment.verified(deployment.member, "Bo <bo@example.com>");
  private final Map<MessageId, Set<DeliveryId>> mail = new LinkedHashMap<>();
  private final List<ReportId> reports = new ArrayList<>();
  private final Copied copied = new Copied();
  private final ExportPersonService service =
      new ExportPersonService(
          (_, _) -> new Holdings(mail, reports),
          deployment.suppressions,
          deployment.messages,
          (_, _, recipient) ->
              recipient.equals(Optional.of(PERSON))
                  ? new ReadSentBytes.Result.Found(MAIL)
                  : new ReadSentBytes.Result.UnknownMessage(),
          deployment.reports,
          (_, _) -> Optional.of(new RawReport.Kept(REPORT)),
          MemoryDomainNames::inALabels);

  private static final class Copied implements ExportPerson.Copy {
    private final List<MessageView> messages = new ArrayList<>();
    private final List<ReportView> reports = new ArrayList<>();
    private final List<Octets> bytes = new ArrayList<>();

    @Override
    public void listed(SuppressedAddress entry) {
      throw new AssertionError("nobody is on the list");
    }

    @Override
    public void message(MessageView message, Optional<Octets> sent) {
      messages.add(message);
      sent.ifPresent(bytes::add);
    }

    @Override
    public void report(ReportView report, Optional<Octets> raw) {
      reports.add(report);
      raw.ifPresent(bytes::add);
    }

    DeliveryView delivery() {
      assertThat(messages).hasSize(1);
      assertThat(messages.getFirst().deliveries()).hasSize(1);
      return messages.getFirst().deliveries().getFirst();
    }

    AttemptView attempt() {
      assertThat(delivery().attempts()).hasSize(1);
      return delivery().attempts().getFirst();
    }

    ReportView report() {
      assertThat(reports).hasSize(1);
      return reports.getFirst();
    }
  }

  private ExportPerson.Result export(Caller caller) throws IOException {
    return service.export(new ExportPerson.Command(caller, PERSON), copied);
  }

  private void export() throws IOException {
    assertThat(export(deployment.admin)).isEqualTo(ExportPerson.Result.EXPORTED);
  }

  /** The delivery to the first of them, who is the person. */
  private DeliveryId sentTo(String... recipients) {
    MessageView message =
        assertInstanceOf(
                AcceptMessage.Result.Accepted.class,
                deployment
                    .accepting()
                    .accept(
                        new AcceptMessage.Command(
                            deployment.member,
                            identity.id(),
                            Deployment.to(recipients),
                            Content.plain("Hi", "Hello"),
                            Map.of(),
                            Urgency.PERSONAL,
                            Schedule.AT_ONCE,
                            AcceptMessage.Suppressed.REFUSE,
                            Optional.empty())))
            .message();
    DeliveryId persons = message.deliveries().getFirst().id();
    mail.put(message.id(), Set.of(persons));
    return persons;
  }

  private void conversation(DeliveryId delivery, String... lines) {
    attempted(delivery, Optional.empty(), Optional.empty(), lines);
  }

  private void attempted(
      DeliveryId delivery,
      Optional<String> words,
      Optional<String> reference,
      String... conversation) {
    deployment.messages.attempted(
        delivery,
        new AttemptView(
            1,
            deployment.now(),
            Optional.empty(),
            Optional.of(deployment.now()),
            Optional.of(DeliveryFact.REJECTED),
            words.map(text -> Failure.of(Cause.MAILBOX_UNKNOWN, text)),
            reference,
            Optional.empty(),
            List.of(conversation)));
  }

  private void reported(String subject, Statement... statements) {
    var id = new ReportId(deployment.ids.next());
    deployment.reports.show(
        new ReportView(
            id,
            deployment.now(),
            "postmaster@mail.example.com",
            ReportKind.DELIVERY_STATUS,
            Optional.of(subject),
            new Link.None(),
            Optional.empty(),
            List.of(statements),
            ReportView.Effect.NONE,
            Optional.empty(),
            new Handling(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            List.of()));
    reports.add(id);
  }

  private static Statement statement(String words, String... recipients) {
    return new Statement(
        List.of(recipients), Statement.Action.FAILED, Failure.of(Cause.MAILBOX_UNKNOWN, words));
  }

  @Test
  void a_message_is_copied_as_the_person_got_it() throws IOException {
    conversation(sentTo("hana@example.org"), "> RCPT TO:<hana@example.org>", "< 250 OK");

    export();

    assertThat(copied.messages.getFirst().subject()).isEqualTo("Hi");
    assertThat(copied.attempt().transcript())
        .containsExactly("> RCPT TO:<hana@example.org>", "< 250 OK");
    assertThat(copied.bytes).containsExactly(MAIL);
  }

  @Test
  void conversations_are_copied_without_the_lines_that_name_other_recipients() throws IOException {
    conversation(
        sentTo("hana@example.org", "ed@example.net"),
        "> MAIL FROM:<bo@example.com>",
        "> RCPT TO:<Hana@example.org>",
        "> RCPT TO:<ed@example.net>",
        "< 250 OK",
        "< 550 5.1.1 <ED@Example.net>: unknown");

    export();

    assertThat(copied.delivery().recipient().mailbox().address()).isEqualTo(PERSON);
    assertThat(copied.attempt().transcript())
        .containsExactly(
            "> MAIL FROM:<bo@example.com>", "> RCPT TO:<Hana@example.org>", "< 250 OK");
  }

  @Test
  void an_address_that_is_the_end_or_the_start_of_the_persons_is_another() throws IOException {
    conversation(
        sentTo("hana@example.org", "na@example.org", "a.hana@example.org", "hana@example.org.uk"),
        "> RCPT TO:<hana@example.org>",
        "> RCPT TO:<na@example.org>",
        "> RCPT TO:<a.hana@example.org>",
        "> RCPT TO:<hana@example.org.uk>",
        "< 250 Mail for na@example.org.");

    export();

    assertThat(copied.attempt().transcript()).containsExactly("> RCPT TO:<hana@example.org>");
  }

  @Test
  void an_international_domain_is_known_in_its_other_form() throws IOException {
    conversation(
        sentTo("hana@example.org", "ed@bücher.example"),
        "> RCPT TO:<ed@xn--bcher-kva.example>",
        "< 250 OK");

    export();

    assertThat(copied.attempt().transcript()).containsExactly("< 250 OK");
  }

  @Test
  void words_that_name_another_recipient_are_left_out_and_the_cause_stays() throws IOException {
    attempted(
        sentTo("hana@example.org", "ed@example.net"),
        Optional.of("No such users: hana@example.org, ed@example.net"),
        Optional.of("queued for ed@example.net"));

    export();

    Failure failure = copied.attempt().failure().orElseThrow();
    assertThat(failure.cause()).isEqualTo(Cause.MAILBOX_UNKNOWN);
    assertThat(failure.words()).isEqualTo("Left out: it names somebody else, too.");
    assertThat(copied.delivery().failure()).contains(failure);
    assertThat(copied.attempt().reference()).isEmpty();
  }

  @Test
  void words_that_name_the_person_alone_stay() throws IOException {
    attempted(
        sentTo("hana@example.org", "ed@example.net"),
        Optional.of("No such user: hana@example.org"),
        Optional.of("queued as 17"));

    export();

    assertThat(copied.attempt().failure().orElseThrow().words())
        .isEqualTo("No such user: hana@example.org");
    assertThat(copied.attempt().reference()).contains("queued as 17");
  }

  @Test
  void a_report_on_the_person_alone_is_copied_as_it_came() throws IOException {
    reported("Undelivered", statement("unknown", "HANA@example.org"), statement("late"));

    export();

    assertThat(copied.report().statements()).hasSize(2);
    assertThat(copied.report().subject()).contains("Undelivered");
    assertThat(copied.bytes).containsExactly(REPORT);
  }

  @Test
  void of_a_report_on_several_only_what_it_says_of_the_person_is_copied() throws IOException {
    reported(
        "Undelivered: ed@example.net",
        statement("unknown, as is ed@example.net", "hana@example.org", "hana@elsewhere.example"),
        statement("full", "ed@example.net"));

    export();

    assertThat(copied.report().statements())
        .extracting(Statement::recipients)
        .containsExactly(List.of("hana@example.org", "hana@elsewhere.example"));
    assertThat(copied.report().statements().getFirst().failure().words())
        .isEqualTo("Left out: it names somebody else, too.");
    assertThat(copied.report().subject()).isEmpty();
    assertThat(copied.bytes).isEmpty();
  }

  @Test
  void members_get_no_copy() throws IOException {
    var _ = sentTo("hana@example.org");

    assertThat(export(deployment.member)).isEqualTo(ExportPerson.Result.ADMINS_ONLY);
    assertThat(copied.messages).isEmpty();
  }
}

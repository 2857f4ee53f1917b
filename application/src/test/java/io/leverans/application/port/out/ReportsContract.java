package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.in.ListReports.Which;
import io.leverans.application.port.out.Reports.Age;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.LaterWord;
import io.leverans.application.view.Page;
import io.leverans.application.view.ReportView;
import io.leverans.application.view.ReportView.Effect;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link Reports} promises. */
public interface ReportsContract extends StoreContract {
  Statement FAILED =
      new Statement(List.of("bo@example.com"), Statement.Action.FAILED, Sender.UNKNOWN);
  ReportVerdict BOUNCE = new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.UNKNOWN);

  Failure SPAM = Failure.of(Cause.MARKED_AS_SPAM, "Feedback-Type: abuse");
  byte[] RAW = "From: <>\r\n\r\n\0 raw".getBytes(StandardCharsets.US_ASCII);

  private Reports reports() {
    return store().reports();
  }

  @Test
  default void a_bounce_moves_the_delivery_that_it_is_linked_to() {
    var sender = new Sender(store());
    Claim claim = delivered(sender);
    MessageId message = claim.dispatch().message();

    ReportId id = receive(genuine(sender, claim), BOUNCE);

    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.BOUNCED);
    assertThat(delivery.failure()).contains(Sender.UNKNOWN);
    assertThat(delivery.evidence()).as("what is known is not erased").isPresent();
    assertThat(delivery.laterWords())
        .extracting(LaterWord::report, LaterWord::kind)
        .containsExactly(tuple(id, EventKind.DELIVERY_BOUNCED));
    assertThat(sender.messagesIn(Folder.BOUNCED)).containsExactly(message);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_BOUNCED, EventKind.SUPPRESSION_ADDED);
    assertThat(sender.feed().event(EventKind.DELIVERY_BOUNCED).data())
        .containsEntry("reportId", id.value().toString())
        .containsEntry("cause", "MAILBOX_UNKNOWN");
    ReportView report = list(sender.caller()).getFirst();
    assertThat(report.effect()).isEqualTo(Effect.MOVED);
    assertThat(report.message()).contains(message);
    assertThat(report.link()).isEqualTo(genuine(sender, claim));
    assertThat(report.statements()).containsExactly(FAILED);
    assertThat(report.kind()).isEqualTo(ReportKind.DELIVERY_STATUS);
    assertThat(report.subject()).contains("Undelivered");
  }

  @Test
  default void the_same_bounce_told_twice_is_kept_and_told_on_once() {
    var sender = new Sender(store());
    Claim claim = delivered(sender);

    var _ = receive(genuine(sender, claim), BOUNCE);
    var _ = receive(genuine(sender, claim), BOUNCE);

    assertThat(list(sender.caller()))
        .extracting(ReportView::effect, report -> report.handling().unapplied())
        .containsExactly(
            tuple(Effect.NONE, Optional.of(Unapplied.REPLAYED)),
            tuple(Effect.MOVED, Optional.empty()));
    assertThat(sender.onlyDelivery(claim.dispatch().message()).laterWords()).hasSize(1);
    assertThat(sender.told()).containsOnlyOnce(EventKind.DELIVERY_BOUNCED);
  }

  @Test
  default void of_what_is_stored_it_is_told_what_had_an_effect() {
    var sender = new Sender(store());
    Claim claim = delivered(sender);

    ReportId first = next();
    assertThat(reports().store(telling(sender, claim), List.of(as(first, sender, claim, BOUNCE))))
        .containsExactly(first);
    assertThat(reports().store(telling(sender, claim), List.of(as(next(), sender, claim, BOUNCE))))
        .isEmpty();
    assertThat(
            reports()
                .store(
                    telling(sender, claim),
                    List.of(as(next(), sender, claim, new ReportVerdict.SaysNothing()))))
        .isEmpty();
  }

  private ReportId next() {
    return new ReportId(store().ids().next());
  }

  private static Reports.Entry as(ReportId id, Sender sender, Claim claim, ReportVerdict verdict) {
    return Found.as(id, genuine(sender, claim), verdict);
  }

  private static IncomingReport telling(Sender sender, Claim claim) {
    return new IncomingReport(
        new ChannelKind("somekind"),
        "b.token@bounces.example",
        genuine(sender, claim),
        ReportKind.DELIVERY_STATUS,
        Optional.empty(),
        List.of(FAILED),
        Octets.of(new byte[1]));
  }

  @Test
  default void a_delay_is_told_and_moves_nothing() {
    var sender = new Sender(store());
    Claim claim = delivered(sender);

    var _ =
        receive(
            genuine(sender, claim),
            new ReportVerdict.Tells(ReportVerdict.Note.DELAYED, Optional.of(Sender.FULL)));

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_DELAYED);
    assertThat(sender.onlyDelivery(claim.dispatch().message()).laterWords())
        .extracting(LaterWord::failure)
        .containsExactly(Optional.of(Sender.FULL));
    assertThat(list(sender.caller()).getFirst().effect()).isEqualTo(Effect.ADDED);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO_REPLY, AUTO_REPLIED, DELIVERY_AUTO_REPLIED",
    "CHALLENGE,  CHALLENGED,   DELIVERY_CHALLENGED"
  })
  default void a_machines_answer_is_told_with_its_subject_and_moves_nothing(
      ReportKind kind, ReportVerdict.Note note, EventKind event) {
    var sender = new Sender(store());
    Claim claim = delivered(sender);
    MessageId message = claim.dispatch().message();

    var _ =
        receive(
            genuine(sender, claim),
            kind,
            Optional.of("Away until Monday"),
            new ReportVerdict.Tells(note, Optional.empty()));

    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(delivery.failure()).isEmpty();
    assertThat(sender.messagesIn(Folder.SENT)).containsExactly(message);
    assertThat(delivery.laterWords())
        .extracting(LaterWord::kind, LaterWord::subject, LaterWord::failure)
        .containsExactly(tuple(event, Optional.of("Away until Monday"), Optional.empty()));
    assertThat(sender.events().getLast().kind()).isEqualTo(event);
    assertThat(sender.events().getLast().data())
        .containsEntry("subject", "Away until Monday")
        .containsEntry("state", "ACCEPTED")
        .doesNotContainKey("cause");
    assertThat(list(sender.caller()))
        .extracting(ReportView::kind, ReportView::effect)
        .containsExactly(tuple(kind, Effect.ADDED));
  }

  @Test
  default void a_machine_may_answer_without_a_subject() {
    var sender = new Sender(store());
    Claim claim = delivered(sender);

    var _ =
        receive(
            genuine(sender, claim),
            ReportKind.CHALLENGE,
            Optional.empty(),
            new ReportVerdict.Tells(ReportVerdict.Note.CHALLENGED, Optional.empty()));

    assertThat(sender.onlyDelivery(claim.dispatch().message()).laterWords())
        .extracting(LaterWord::subject)
        .containsExactly(Optional.empty());
    assertThat(sender.events().getLast().data()).doesNotContainKey("subject");
  }

  @Test
  default void a_complaint_moves_what_was_accepted_to_the_complaints() {
    var sender = new Sender(store());
    Claim claim = delivered(sender);
    MessageId message = claim.dispatch().message();

    var _ =
        receive(
            genuine(sender, claim), new ReportVerdict.Moves(DeliveryFact.COMPLAINT_REPORTED, SPAM));

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.COMPLAINED);
    assertThat(sender.messagesIn(Folder.SPAM_COMPLAINTS)).containsExactly(message);
    assertThat(sender.messagesIn(Folder.SENT)).isEmpty();
    assertThat(sender.onlyDelivery(message).failure()).contains(SPAM);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_COMPLAINED, EventKind.SUPPRESSION_ADDED);
  }

  @Test
  default void a_confirmation_is_no_failure_and_a_complaint_may_follow_it() {
    var sender = new Sender(store());
    Claim claim = delivered(sender);
    MessageId message = claim.dispatch().message();

    var _ =
        receive(
            genuine(sender, claim),
            new ReportVerdict.Moves(DeliveryFact.DELIVERY_REPORTED, Sender.FULL));
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.CONFIRMED);
    assertThat(sender.onlyDelivery(message).failure()).isEmpty();

    var _ =
        receive(
            genuine(sender, claim),
            ReportKind.COMPLAINT,
            Optional.of("Complaint"),
            new ReportVerdict.Moves(DeliveryFact.COMPLAINT_REPORTED, Sender.UNKNOWN),
            "Subject: Complaint\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(sender.messagesIn(Folder.SPAM_COMPLAINTS)).containsExactly(message);
    assertThat(sender.feed().summariesIn(Folder.SPAM_COMPLAINTS).getFirst().accepted())
        .as("what was called spam had arrived")
        .isEqualTo(1);
  }

  @Test
  default void a_report_whose_time_is_over_is_kept_and_changes_nothing() {
    var sender = new Sender(store());
    Claim claim = delivered(sender);
    var link = new Link.Expired(sender.team(), Sender.only(claim));

    var _ = receive(link, BOUNCE);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(sender.told()).doesNotContain(EventKind.DELIVERY_BOUNCED);
    assertThat(list(sender.caller()))
        .extracting(ReportView::link, ReportView::effect)
        .containsExactly(tuple(link, Effect.NONE));
  }

  @Test
  default void a_report_of_nobodys_mail_is_seen_by_the_operators_admin_alone() {
    var sender = new Sender(store());
    ReportId unlinked = receive(new Link.None(), new ReportVerdict.SaysNothing());

    assertThat(list(sender.caller())).extracting(ReportView::id).doesNotContain(unlinked);
    assertThat(list(operator(Member.Role.ADMIN))).extracting(ReportView::id).contains(unlinked);
    assertThat(list(operator(Member.Role.MEMBER)))
        .extracting(ReportView::id)
        .doesNotContain(unlinked);
  }

  @Test
  default void a_report_of_a_delivery_that_is_no_more_is_kept_unlinked() {
    var sender = new Sender(store());
    var gone = new Link.Genuine(sender.team(), new DeliveryId(store().ids().next()));

    ReportId id = receive(gone, BOUNCE);

    assertThat(list(sender.caller())).isEmpty();
    assertThat(list(operator(Member.Role.ADMIN)))
        .filteredOn(report -> report.id().equals(id))
        .extracting(ReportView::link)
        .containsExactly(new Link.None());
  }

  @Test
  default void a_member_sees_the_reports_of_their_own_mail() {
    var sender = new Sender(store());
    var stranger =
        new Member(sender.team(), new MemberId(store().ids().next()), "Per", Member.Role.MEMBER);
    var _ = receive(genuine(sender, delivered(sender)), BOUNCE);

    assertThat(list(new Caller(stranger))).isEmpty();
    assertThat(list(sender.caller())).hasSize(1);
  }

  @Test
  default void reports_are_read_page_by_page_newest_first() {
    var sender = new Sender(store());
    Claim claim = delivered(sender);
    List<ReportId> received = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      received.addFirst(receive(genuine(sender, claim), BOUNCE));
    }
    List<ReportId> read = new ArrayList<>();

    Optional<ReportId> before = Optional.empty();
    do {
      Page<ReportView, ReportId> page =
          reports().list(new ListReports.Query(sender.caller(), Which.ALL, 2, before));
      page.items().forEach(report -> read.add(report.id()));
      before = page.next();
    } while (before.isPresent());

    assertThat(read).isEqualTo(received);
  }

  @Test
  default void a_delivery_is_known_with_what_a_report_is_compared_with() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();

    assertThat(reports().target(sender.team(), Sender.only(claim)))
        .hasValueSatisfying(
            target -> {
              assertThat(target.recipient()).hasToString("bo@example.com");
              assertThat(target.message()).isEqualTo(claim.dispatch().message());
              assertThat(target.channel()).isEqualTo(sender.channel());
              assertThat(target.age()).as("it was never handed over").isEqualTo(Age.OVER);
            });
    sender.deliver(claim);
    assertThat(reports().target(sender.team(), Sender.only(claim)))
        .hasValueSatisfying(target -> assertThat(target.age()).isEqualTo(Age.RECENT));
    assertThat(reports().target(new Sender(store()).team(), Sender.only(claim))).isEmpty();
  }

  private static Claim delivered(Sender sender) {
    Claim claim = sender.claimNew();
    sender.deliver(claim);
    return claim;
  }

  private static Link genuine(Sender sender, Claim claim) {
    return new Link.Genuine(sender.team(), Sender.only(claim));
  }

  private ReportId receive(Link link, ReportVerdict verdict) {
    return receive(link, ReportKind.DELIVERY_STATUS, Optional.of("Undelivered"), verdict);
  }

  private ReportId receive(
      Link link, ReportKind kind, Optional<String> subject, ReportVerdict verdict) {
    return receive(link, kind, subject, verdict, RAW);
  }

  private ReportId receive(
      Link link, ReportKind kind, Optional<String> subject, ReportVerdict verdict, byte[] raw) {
    var id = new ReportId(store().ids().next());
    var report =
        new IncomingReport(
            new ChannelKind("somekind"),
            "b.token@bounces.example",
            link,
            kind,
            subject,
            List.of(FAILED),
            Octets.of(raw));
    var _ = reports().store(report, List.of(Found.as(id, link, verdict)));
    return id;
  }

  private List<ReportView> list(Caller caller) {
    return list(caller, Which.ALL);
  }

  private List<ReportView> list(Caller caller, Which which) {
    return reports().list(new ListReports.Query(caller, which, 100, Optional.empty())).items();
  }

  private Caller operator(Member.Role role) {
    return new Caller(
        new Member(new TeamId(1), new MemberId(store().ids().next()), "Operator", role));
  }
}

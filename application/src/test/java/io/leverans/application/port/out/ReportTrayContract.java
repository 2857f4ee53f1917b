package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.in.ListReports.Which;
import io.leverans.application.port.out.Reports.Correcting;
import io.leverans.application.port.out.Reports.Dismissal;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.port.out.Reports.Linking;
import io.leverans.application.port.out.Reports.Target;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.Handling;
import io.leverans.application.view.LaterWord;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportSample;
import io.leverans.application.view.ReportView;
import io.leverans.application.view.Suggestion;
import io.leverans.application.view.Suggestion.Why;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Reports} promises of what changes nothing by itself, and of what persons say. */
public interface ReportTrayContract extends StoreContract {
  ReportVerdict BOUNCE = new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.UNKNOWN);
  ReportVerdict OPEN_BOUNCE = new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.FULL);
  ReportVerdict ARRIVED = new ReportVerdict.Moves(DeliveryFact.DELIVERY_REPORTED, Sender.FULL);
  ReportVerdict SPAM =
      new ReportVerdict.Moves(
          DeliveryFact.COMPLAINT_REPORTED, Failure.of(Cause.MARKED_AS_SPAM, "abuse"));
  Correction NO_FAILURE = new Correction(Correction.As.NO_FAILURE, Optional.empty());
  Correction DELIVERED = new Correction(Correction.As.DELIVERED, Optional.empty());
  Correction COMPLAINED = new Correction(Correction.As.COMPLAINED, Optional.empty());

  static Correction failed(Cause cause) {
    return new Correction(Correction.As.FAILED, Optional.of(cause));
  }

  private Reports reports() {
    return store().reports();
  }

  /** Of a team that is not the operator's. */
  private Sender sender() {
    var sender = new Sender(store());
    return sender.team().equals(Caller.OPERATORS_TEAM) ? new Sender(store()) : sender;
  }

  // What counts, and how often

  @Test
  default void a_delay_a_failure_and_a_complaint_count_one_after_the_other() {
    var sender = sender();
    Claim claim = delivered(sender);

    var _ = arrive(sender, claim, "1", late());
    var _ = arrive(sender, claim, "2", late());
    var _ = arrive(sender, claim, "3", BOUNCE);
    var _ = arrive(sender, claim, "4", SPAM);

    assertThat(words(sender, claim))
        .extracting(LaterWord::kind)
        .containsExactly(
            EventKind.DELIVERY_DELAYED,
            EventKind.DELIVERY_DELAYED,
            EventKind.DELIVERY_BOUNCED,
            EventKind.DELIVERY_COMPLAINED);
    assertThat(tray(sender.caller())).isEmpty();
  }

  @Test
  default void a_mail_that_comes_again_by_another_way_is_the_same_mail() {
    var sender = sender();
    Claim claim = delivered(sender);
    String mail = "Message-ID: <1@mx>\r\nSubject: failed\r\n\r\nSorry.\r\n";

    var _ = arriveAs(sender, claim, mail, late());
    var _ =
        arriveAs(
            sender,
            claim,
            "Received: from elsewhere\r\n by us\r\nReturn-Path: <>\r\n" + mail,
            late());
    var _ = arriveAs(sender, claim, mail.replace("<1@mx>", "<2@mx>"), late());

    assertThat(list(sender.caller(), Which.ALL))
        .extracting(report -> report.handling().unapplied())
        .containsExactly(Optional.empty(), Optional.of(Unapplied.REPLAYED), Optional.empty());
  }

  @Test
  default void after_another_try_the_old_mail_counts_no_more_and_a_new_one_does() {
    var sender = sender();
    Claim claim = delivered(sender);
    var _ = arrive(sender, claim, "first", OPEN_BOUNCE);
    assertThat(sender.order(claim.dispatch().message(), DeliveryFact.RETRY_ORDERED)).isOne();
    sender.deliver(sender.claimOne());

    var _ = arrive(sender, claim, "first", OPEN_BOUNCE);
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    var _ = arrive(sender, claim, "second", OPEN_BOUNCE);
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
  }

  @Test
  default void of_the_same_word_at_the_same_time_one_counts() throws Exception {
    var sender = sender();
    Claim claim = delivered(sender);

    var _ = atTheSameTime(4, number -> arrive(sender, claim, String.valueOf(number), BOUNCE));

    assertThat(words(sender, claim)).hasSize(1);
    assertThat(tray(sender.caller())).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCEPTED", "CONFIRMED", "BOUNCED", "COMPLAINED", "FAILED", "IN_DOUBT"})
  default void a_late_report_adds_to_what_is_known_and_erases_nothing(DeliveryState end) {
    var sender = sender();
    Claim claim = in(end, sender);
    DeliveryView before = sender.onlyDelivery(claim.dispatch().message());
    int heard = before.laterWords().size();

    for (ReportVerdict word : List.of(late(), ARRIVED, BOUNCE, SPAM)) {
      var _ = arrive(sender, claim, "late " + word, word);
    }

    DeliveryView after = sender.onlyDelivery(claim.dispatch().message());
    assertThat(after.laterWords().subList(0, heard)).isEqualTo(before.laterWords());
    assertThat(after.laterWords().size()).isGreaterThan(heard);
    assertThat(after.attempts()).isEqualTo(before.attempts());
    assertThat(after.evidence()).isEqualTo(before.evidence());
    switch (end) {
      case BOUNCED, COMPLAINED, FAILED -> {
        assertThat(after.state()).isEqualTo(end);
        assertThat(after.failure()).isEqualTo(before.failure());
      }
      default -> assertThat(after.state()).isEqualTo(DeliveryState.COMPLAINED);
    }
  }

  private static ReportVerdict late() {
    return new ReportVerdict.Tells(ReportVerdict.Note.DELAYED, Optional.of(Sender.FULL));
  }

  private Claim in(DeliveryState end, Sender sender) {
    Claim claim = sender.claimNew();
    switch (end) {
      case IN_DOUBT -> {
        sender.handOver(claim);
        runOut(claim);
        var _ = sender.claim();
      }
      case FAILED ->
          sender.settle(
              claim,
              new Outcome.Rejected(Sender.UNKNOWN),
              new NextStep.Settle(DeliveryFact.REJECTED));
      default -> sender.deliver(claim);
    }
    Map<DeliveryState, ReportVerdict> words =
        Map.of(
            DeliveryState.CONFIRMED,
            ARRIVED,
            DeliveryState.BOUNCED,
            new ReportVerdict.Moves(
                DeliveryFact.BOUNCE_REPORTED, Failure.of(Cause.POLICY, "550 5.7.1 no")),
            DeliveryState.COMPLAINED,
            SPAM);
    Optional.ofNullable(words.get(end))
        .ifPresent(
            word -> {
              var _ = arrive(sender, claim, "end", word);
            });
    assertThat(sender.state(claim)).isEqualTo(end);
    return claim;
  }

  @Test
  default void a_report_on_several_recipients_counts_for_each() {
    var sender = sender();
    MessageId message = sender.accept(sender.mail("bo@example.com", "cy@example.com"));
    List<Claim> claims = sender.claim();
    claims.forEach(sender::deliver);
    List<Reports.Entry> entries =
        claims.stream()
            .map(
                claim ->
                    new Reports.Entry(
                        new ReportId(store().ids().next()),
                        new Finding.Linked(
                            sender.team(), Sender.only(claim), LinkedBy.MAILBOX, BOUNCE)))
            .toList();

    var _ = reports().store(report("1"), entries);

    assertThat(sender.read(message).deliveries())
        .extracting(DeliveryView::state)
        .containsExactly(DeliveryState.BOUNCED, DeliveryState.BOUNCED);
    assertThat(list(sender.caller(), Which.LINKED))
        .extracting(report -> report.handling().linkedBy())
        .containsExactly(Optional.of(LinkedBy.MAILBOX), Optional.of(LinkedBy.MAILBOX));
  }

  // The tray

  @ParameterizedTest
  @EnumSource(names = {"OTHER_RECIPIENT", "EXPIRED"})
  default void what_was_refused_lies_in_the_teams_tray_with_the_reason(Unapplied why) {
    var sender = sender();
    Claim claim = delivered(sender);

    ReportId id = store(report("1"), new Finding.Refused(sender.team(), Sender.only(claim), why));

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    ReportView report = only(tray(sender.caller()));
    assertThat(report.id()).isEqualTo(id);
    assertThat(report.handling().unapplied()).contains(why);
    assertThat(report.handling().linkedBy()).isEmpty();
    assertThat(report.suggestions())
        .extracting(Suggestion::why, Suggestion::delivery, Suggestion::message)
        .containsExactly(tuple(Why.TOKEN, Sender.only(claim), claim.dispatch().message()));
    assertThat(list(sender.caller(), Which.LINKED)).isEmpty();
  }

  @Test
  default void what_goes_round_and_what_says_nothing_lie_in_no_tray() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId nothing = arrive(sender, claim, "1", new ReportVerdict.SaysNothing());
    ReportId loop = store(report("2"), new Finding.Loose(Unapplied.LOOP));

    assertThat(tray(sender.caller())).isEmpty();
    assertThat(list(sender.caller(), Which.LINKED))
        .extracting(ReportView::id, report -> report.handling().unapplied())
        .containsExactly(tuple(nothing, Optional.of(Unapplied.NOTHING_TOLD)));
    assertThat(tray(operator())).extracting(ReportView::id).doesNotContain(loop);
    assertThat(list(operator(), Which.ALL)).extracting(ReportView::id).contains(loop);
  }

  @Test
  default void a_message_id_and_the_recipient_suggest_before_all_else() {
    var sender = sender();
    NewMail mail = sender.mail("bo@example.com", "cy@example.com");
    MessageId message = sender.accept(mail);
    var hints = hints(mail.message().internetId().value(), Optional.empty(), "CY@example.com");

    ReportId id = store(report("1").hinting(hints), new Finding.Loose(Unapplied.NO_TOKEN));

    List<Suggestion> suggested = suggestionsFor(operator(), id);
    assertThat(suggested)
        .extracting(Suggestion::why, suggestion -> suggestion.recipient().toString())
        .containsExactly(
            tuple(Why.MESSAGE_ID_AND_RECIPIENT, "cy@example.com"),
            tuple(Why.MESSAGE_ID, "bo@example.com"));
    assertThat(suggested)
        .extracting(Suggestion::message, Suggestion::team)
        .containsOnly(tuple(message, sender.team()));
    assertThat(tray(sender.caller())).as("it belongs to no team").isEmpty();
  }

  @Test
  default void an_envelope_or_a_recipient_suggest_where_nothing_better_does() {
    var sender = sender();
    String bo = "bo" + sender.team().value() + "@example.com";
    MessageId message = sender.accept(sender.mail(bo, "cy@example.com"));

    ReportId byEnvelope =
        store(
            report("1").hinting(hints("<other@id>", Optional.of(message.value().toString()), bo)),
            new Finding.Loose(Unapplied.NO_TOKEN));
    ReportId byRecipient =
        store(
            report("2").hinting(hints("<other@id>", Optional.of("QQ314159"), bo)),
            new Finding.Loose(Unapplied.NO_TOKEN));
    ReportId byNothing =
        store(
            report("3").hinting(hints("<other@id>", Optional.empty(), "di" + bo)),
            new Finding.Loose(Unapplied.NO_TOKEN));

    assertThat(suggestionsFor(operator(), byEnvelope))
        .extracting(Suggestion::why, suggestion -> suggestion.recipient().toString())
        .containsExactly(tuple(Why.ENVELOPE_ID, bo));
    assertThat(suggestionsFor(operator(), byRecipient))
        .extracting(Suggestion::why, Suggestion::message)
        .containsExactly(tuple(Why.RECIPIENT_AND_TIME, message));
    assertThat(suggestionsFor(operator(), byNothing)).isEmpty();
  }

  @Test
  default void mail_long_before_what_a_report_names_is_not_suggested() {
    var sender = sender();
    String bo = "bo" + sender.team().value() + "@example.com";
    var _ = sender.accept(sender.mail(bo));
    Hints before =
        new Hints(
            Optional.empty(),
            Optional.empty(),
            List.of(bo),
            Optional.of(Instant.parse("2020-01-01T00:00:00Z")),
            Optional.empty());

    ReportId id = store(report("1").hinting(before), new Finding.Loose(Unapplied.NO_TOKEN));

    assertThat(suggestionsFor(operator(), id)).isEmpty();
  }

  @Test
  default void what_was_read_in_a_teams_mailbox_is_the_teams_and_suggests_its_mail_alone() {
    var people = new Colleagues(store());
    Sender sender = people.sender;
    ChannelId channel = people.connected(people.ofTeam()).id();
    var other = sender();
    NewMail theirs = other.mail("bo@example.com");
    var _ = other.accept(theirs);
    MailboxPlace place = new MailboxPlace(sender.team(), channel, "1");
    Hints hints = hints(theirs.message().internetId().value(), Optional.empty(), "bo@example.com");

    ReportId id =
        store(report("1").in(place).hinting(hints), new Finding.Loose(Unapplied.NO_TOKEN));

    ReportView report = only(tray(sender.caller()));
    assertThat(report.id()).isEqualTo(id);
    assertThat(report.handling().readIn()).contains(channel);
    assertThat(report.suggestions()).isEmpty();
    assertThat(tray(other.caller())).isEmpty();
    assertThat(tray(operator())).extracting(ReportView::id).doesNotContain(id);
  }

  @Test
  default void the_mail_of_a_channel_is_found_by_message_id_and_no_others_is() {
    var sender = sender();
    NewMail mail = sender.mail("bo@example.com", "cy@example.com");
    MessageId message = sender.accept(mail);
    String messageId = mail.message().internetId().value();
    var here = new MailboxPlace(sender.team(), sender.channel(), "1");
    var otherChannel = new MailboxPlace(sender.team(), new ChannelId(store().ids().next()), "1");
    var otherTeam = new MailboxPlace(sender().team(), sender.channel(), "1");

    assertThat(reports().targets(here, messageId))
        .extracting(target -> target.recipient().toString())
        .containsExactly("bo@example.com", "cy@example.com");
    assertThat(reports().targets(here, message)).isEqualTo(reports().targets(here, messageId));
    assertThat(Stream.of(otherChannel, otherTeam))
        .allSatisfy(
            place -> {
              assertThat(reports().targets(place, messageId)).isEmpty();
              assertThat(reports().targets(place, message)).isEmpty();
            });
  }

  // A person's word

  @Test
  default void what_a_person_links_counts_as_if_it_had_been_linked() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id =
        store(
            report("1"),
            new Finding.Refused(sender.team(), Sender.only(claim), Unapplied.OTHER_RECIPIENT));

    assertThat(link(sender.caller(), id, target(sender, claim))).isInstanceOf(Linking.Linked.class);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
    assertThat(sender.messagesIn(Folder.BOUNCED)).hasSize(1);
    assertThat(words(sender, claim)).extracting(LaterWord::report).containsExactly(id);
    Event told = last(sender, EventKind.DELIVERY_BOUNCED);
    assertThat(told.data())
        .containsEntry("memberId", sender.admin().id().value().toString())
        .containsEntry("reportId", id.value().toString());
    ReportView report = only(list(sender.caller(), Which.LINKED));
    assertThat(report.handling().linkedBy()).contains(LinkedBy.PERSON);
    assertThat(report.handling().unapplied()).isEmpty();
    assertThat(report.handling().person())
        .hasValueSatisfying(
            deed -> {
              assertThat(deed.sort()).isEqualTo(Handling.Sort.LINKED);
              assertThat(deed.member()).isEqualTo(sender.admin().id());
              assertThat(deed.name()).isEqualTo(sender.admin().name());
            });
    assertThat(tray(sender.caller())).isEmpty();
    assertThat(link(sender.caller(), id, target(sender, claim)))
        .isEqualTo(new Linking.LinkedAlready());
  }

  @Test
  default void what_belonged_to_nobody_is_the_teams_once_it_is_linked() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id = store(report("1"), new Finding.Loose(Unapplied.NO_TOKEN));

    assertThat(link(operator(), id, target(sender, claim)))
        .isInstanceOfSatisfying(
            Linking.Linked.class,
            linked -> assertThat(linked.report().message()).contains(claim.dispatch().message()));

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
    assertThat(only(list(sender.caller(), Which.ALL)).id()).isEqualTo(id);
    assertThat(list(operator(), Which.ALL)).extracting(ReportView::id).doesNotContain(id);
    assertThat(reports().raw(sender.caller(), id)).isPresent();
  }

  @Test
  default void a_teams_report_is_linked_to_its_own_mail_only() {
    var people = new Colleagues(store());
    Sender sender = people.sender;
    ChannelId channel = people.connected(people.ofTeam()).id();
    var other = sender();
    Claim theirs = delivered(other);
    ReportId id =
        store(
            report("1").in(new MailboxPlace(sender.team(), channel, "1")),
            new Finding.Loose(Unapplied.NO_TOKEN));

    assertThat(link(sender.caller(), id, target(other, theirs)))
        .isEqualTo(new Linking.NotThisDelivery());
    assertThat(link(other.caller(), id, target(other, theirs))).isEqualTo(new Linking.Unknown());
    assertThat(other.state(theirs)).isEqualTo(DeliveryState.ACCEPTED);
  }

  @Test
  default void what_is_dismissed_is_out_of_the_tray_and_may_be_linked_all_the_same() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id =
        store(
            report("1"),
            new Finding.Refused(sender.team(), Sender.only(claim), Unapplied.OTHER_RECIPIENT));

    assertThat(reports().dismiss(sender.caller(), id)).isEqualTo(Dismissal.DISMISSED);
    assertThat(reports().dismiss(sender.caller(), id)).isEqualTo(Dismissal.DISMISSED);
    assertThat(reports().dismiss(sender().caller(), id)).isEqualTo(Dismissal.UNKNOWN);

    assertThat(tray(sender.caller())).isEmpty();
    assertThat(only(list(sender.caller(), Which.ALL)).handling().person())
        .hasValueSatisfying(deed -> assertThat(deed.sort()).isEqualTo(Handling.Sort.DISMISSED));
    assertThat(link(sender.caller(), id, target(sender, claim))).isInstanceOf(Linking.Linked.class);
    assertThat(reports().dismiss(sender.caller(), id)).isEqualTo(Dismissal.LINKED);
  }

  @Test
  default void a_report_is_linked_once_however_many_try() throws Exception {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id = store(report("1"), new Finding.Loose(Unapplied.NO_TOKEN));

    List<Linking> answers = atTheSameTime(4, _ -> link(operator(), id, target(sender, claim)));

    assertThat(answers).filteredOn(Linking.Linked.class::isInstance).hasSize(1);
    assertThat(sender.told()).containsOnlyOnce(EventKind.DELIVERY_BOUNCED);
  }

  // Another reading

  @Test
  default void another_cause_takes_the_place_of_the_wrong_one() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id = arrive(sender, claim, "1", BOUNCE);

    assertThat(reports().correct(sender.caller(), id, failed(Cause.MAILBOX_FULL)))
        .isEqualTo(Correcting.CORRECTED);

    DeliveryView delivery = sender.onlyDelivery(claim.dispatch().message());
    assertThat(delivery.state()).isEqualTo(DeliveryState.BOUNCED);
    assertThat(delivery.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.cause()).isEqualTo(Cause.MAILBOX_FULL);
              assertThat(failure.words()).isEqualTo(Sender.UNKNOWN.words());
            });
    assertThat(delivery.laterWords())
        .extracting(LaterWord::kind, LaterWord::failure, LaterWord::correction)
        .as("what was read at first is kept")
        .containsExactly(
            tuple(
                EventKind.DELIVERY_BOUNCED,
                Optional.of(Sender.UNKNOWN),
                Optional.of(failed(Cause.MAILBOX_FULL))));
    Event told = last(sender, EventKind.DELIVERY_CORRECTED);
    assertThat(told.data())
        .containsEntry("reading", "FAILED")
        .containsEntry("cause", "MAILBOX_FULL")
        .containsEntry("state", "BOUNCED")
        .containsEntry("memberId", sender.admin().id().value().toString());
    assertThat(only(list(sender.caller(), Which.LINKED)).handling().correction())
        .hasValueSatisfying(
            corrected -> assertThat(corrected.name()).isEqualTo(sender.admin().name()));
  }

  @Test
  default void what_was_no_failure_is_accepted_again_and_the_same_bounce_does_not_undo_it() {
    var sender = sender();
    Claim claim = delivered(sender);
    MessageId message = claim.dispatch().message();
    ReportId id = arrive(sender, claim, "1", BOUNCE);

    assertThat(reports().correct(sender.caller(), id, NO_FAILURE)).isEqualTo(Correcting.CORRECTED);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(sender.onlyDelivery(message).failure()).isEmpty();
    assertThat(sender.onlyDelivery(message).evidence()).isPresent();
    assertThat(sender.messagesIn(Folder.SENT)).containsExactly(message);
    var _ = arrive(sender, claim, "2", BOUNCE);
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(reports().correct(sender.caller(), id, COMPLAINED)).isEqualTo(Correcting.CORRECTED);
    assertThat(sender.messagesIn(Folder.SPAM_COMPLAINTS)).containsExactly(message);
  }

  @Test
  default void what_other_reports_said_stays_when_one_is_taken_back() {
    var sender = sender();
    Claim claim = delivered(sender);
    var _ = arrive(sender, claim, "1", ARRIVED);
    ReportId spam = arrive(sender, claim, "2", SPAM);

    assertThat(reports().correct(sender.caller(), spam, NO_FAILURE))
        .isEqualTo(Correcting.CORRECTED);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.CONFIRMED);
  }

  @Test
  default void what_was_overlooked_counts_once_it_is_read_rightly() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id = arrive(sender, claim, "1", new ReportVerdict.SaysNothing());

    assertThat(reports().correct(sender.caller(), id, failed(Cause.MAILBOX_UNKNOWN)))
        .isEqualTo(Correcting.CORRECTED);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
    assertThat(words(sender, claim))
        .extracting(LaterWord::kind, LaterWord::correction)
        .containsExactly(
            tuple(EventKind.DELIVERY_CORRECTED, Optional.of(failed(Cause.MAILBOX_UNKNOWN))));
  }

  @Test
  default void what_was_tried_again_since_is_left_as_it_is() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id = arrive(sender, claim, "1", OPEN_BOUNCE);
    assertThat(sender.order(claim.dispatch().message(), DeliveryFact.RETRY_ORDERED)).isOne();
    sender.deliver(sender.claimOne());
    var _ = arrive(sender, claim, "2", OPEN_BOUNCE);

    assertThat(reports().correct(sender.caller(), id, NO_FAILURE)).isEqualTo(Correcting.CORRECTED);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_CORRECTED);
  }

  @Test
  default void only_who_sees_a_linked_report_reads_it_anew() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId bounce = arrive(sender, claim, "1", BOUNCE);
    ReportId loose = store(report("2"), new Finding.Loose(Unapplied.NO_TOKEN));

    assertThat(reports().correct(sender().caller(), bounce, NO_FAILURE))
        .isEqualTo(Correcting.UNKNOWN);
    assertThat(reports().correct(operator(), loose, NO_FAILURE)).isEqualTo(Correcting.NOT_LINKED);
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
  }

  @Test
  default void corrected_reports_are_samples_and_those_on_mail_of_the_system_are_not() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId first = arrive(sender, claim, "1", BOUNCE);
    ReportId second = arrive(sender, claim, "2", SPAM);
    var _ = arrive(sender, claim, "3", late());
    var _ = sender.accept(sender.systemMail("bo@example.com"));
    Claim system = sender.claimOne();
    sender.deliver(system);
    ReportId ofSystem = arrive(sender, system, "4", BOUNCE);
    Stream.of(first, second, ofSystem)
        .forEach(
            id ->
                assertThat(reports().correct(sender.caller(), id, DELIVERED))
                    .isEqualTo(Correcting.CORRECTED));

    List<ReportSample> samples = new ArrayList<>();
    Optional<ReportId> after = Optional.empty();
    do {
      var page = reports().samples(1, after);
      samples.addAll(page.items());
      after = page.next();
    } while (after.isPresent());

    assertThat(samples)
        .extracting(sample -> sample.report().id())
        .containsSubsequence(first, second)
        .doesNotContain(ofSystem);
    assertThat(samples)
        .allSatisfy(sample -> assertThat(sample.raw()).isInstanceOf(RawReport.Kept.class));
  }

  private Linking link(Caller caller, ReportId id, Target to) {
    return reports().link(caller, id, to, BOUNCE);
  }

  private Target target(Sender sender, Claim claim) {
    return reports().target(sender.team(), Sender.only(claim)).orElseThrow();
  }

  private static Claim delivered(Sender sender) {
    Claim claim = sender.claimNew();
    sender.deliver(claim);
    return claim;
  }

  private ReportId arrive(Sender sender, Claim claim, String mail, ReportVerdict verdict) {
    return arriveAs(sender, claim, "Message-ID: <%s@mx>\r\n\r\n".formatted(mail), verdict);
  }

  private ReportId arriveAs(Sender sender, Claim claim, String raw, ReportVerdict verdict) {
    DeliveryId delivery = Sender.only(claim);
    return store(
        with(report("0"), new Link.Genuine(sender.team(), delivery), raw),
        new Finding.Linked(sender.team(), delivery, LinkedBy.TOKEN, verdict));
  }

  private ReportId store(IncomingReport report, Finding finding) {
    var id = new ReportId(store().ids().next());
    var _ = reports().store(report, List.of(new Reports.Entry(id, finding)));
    return id;
  }

  private static IncomingReport with(IncomingReport report, Link link, String raw) {
    return new IncomingReport(
        report.source(),
        report.envelopeRecipient(),
        link,
        report.kind(),
        report.subject(),
        report.statements(),
        Octets.of(raw.getBytes(US_ASCII)));
  }

  private static IncomingReport report(String mail) {
    return new IncomingReport(
        new ChannelKind("somekind"),
        "postmaster@bounces.example",
        new Link.None(),
        ReportKind.DELIVERY_STATUS,
        Optional.of("Undelivered"),
        List.of(new Statement(List.of(), Statement.Action.FAILED, Sender.UNKNOWN)),
        Octets.of("Message-ID: <%s@mx>\r\n\r\n".formatted(mail).getBytes(US_ASCII)));
  }

  private static Hints hints(String messageId, Optional<String> envelopeId, String recipient) {
    return new Hints(
        Optional.of(messageId), envelopeId, List.of(recipient), Optional.empty(), Optional.empty());
  }

  private static Event last(Sender sender, EventKind kind) {
    return sender.events().stream()
        .filter(event -> event.kind() == kind)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private List<LaterWord> words(Sender sender, Claim claim) {
    return sender.onlyDelivery(claim.dispatch().message()).laterWords();
  }

  private List<ReportView> tray(Caller caller) {
    return list(caller, Which.IN_THE_TRAY);
  }

  private List<ReportView> list(Caller caller, Which which) {
    return reports().list(new ListReports.Query(caller, which, 100, Optional.empty())).items();
  }

  private List<Suggestion> suggestionsFor(Caller caller, ReportId id) {
    return only(tray(caller).stream().filter(report -> report.id().equals(id)).toList())
        .suggestions();
  }

  private static ReportView only(List<ReportView> reports) {
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }

  private Caller operator() {
    return new Caller(
        new Member(
            Caller.OPERATORS_TEAM,
            new MemberId(store().ids().next()),
            "Operator",
            Member.Role.ADMIN));
  }
}

package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.port.in.ListReports.Which;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.view.ReportView;
import io.leverans.application.view.Suggestion;
import io.leverans.application.view.Suggestion.Why;
import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Reports} promises of what changes nothing by itself, and what it suggests. */
public interface ReportTrayContract extends ReportsFixture {
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
}

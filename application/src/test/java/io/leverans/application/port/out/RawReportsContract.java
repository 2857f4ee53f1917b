package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ListReports.Which;
import io.leverans.application.port.out.Reports.Correcting;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportSample;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link Reports} promises of reports as they came. */
public interface RawReportsContract extends ReportsFixture {
  @Test
  default void a_report_is_given_as_it_came_to_those_who_see_it_listed() throws IOException {
    var sender = sender();
    var stranger =
        new Member(sender.team(), new MemberId(store().ids().next()), "Per", Member.Role.MEMBER);
    ReportId linked = arrive(sender, delivered(sender), "1", BOUNCE);
    ReportId unlinked = store(report("2"), new Finding.Loose(Unapplied.NO_TOKEN));

    RawReport kept = reports().raw(sender.caller(), linked).orElseThrow();
    assertThat(((RawReport.Kept) kept).bytes().toArray()).asString().contains("<1@mx>");
    assertThat(raw(operator(), unlinked)).contains(RawReport.Kept.class);
    assertThat(raw(new Caller(stranger), linked)).isEmpty();
    assertThat(raw(sender().caller(), linked)).isEmpty();
    assertThat(raw(sender.caller(), unlinked)).isEmpty();
    assertThat(raw(operators(Member.Role.MEMBER), unlinked)).isEmpty();
    assertThat(raw(sender.caller(), new ReportId(store().ids().next()))).isEmpty();
  }

  @Test
  default void nobody_finds_the_link_of_a_verification_mail_in_its_bounce() {
    var sender = sender();
    var _ = sender.accept(sender.letters().systemMail("bo@example.com"));
    Claim claim = sender.claimOne();
    sender.deliver(claim);

    ReportId report = arrive(sender, claim, "1", BOUNCE);

    assertThat(raw(sender.caller(), report)).isEmpty();
    assertThat(raw(operator(), report)).isEmpty();
  }

  @Test
  default void what_was_read_in_a_members_own_mailbox_is_that_members_to_read() {
    var people = new Colleagues(store());
    Sender sender = people.sender;
    ChannelId own = people.connected(people.of(people.member)).id();
    ReportId linked = readIn(own, sender, "1");
    ReportId loose =
        store(
            report("2").in(new MailboxPlace(sender.team(), own, "2")),
            new Finding.Loose(Unapplied.NO_TOKEN));

    for (ReportId report : new ReportId[] {linked, loose}) {
      assertThat(raw(new Caller(people.member), report)).contains(RawReport.Kept.class);
      assertThat(raw(sender.caller(), report)).contains(RawReport.Withheld.class);
      assertThat(list(sender.caller(), Which.ALL))
          .as("what was understood of it is still told")
          .extracting(ReportView::id)
          .contains(report);
    }
  }

  @Test
  default void whose_mailbox_it_was_is_known_after_the_channel_is_removed() {
    var people = new Colleagues(store());
    ChannelId own = people.connected(people.of(people.member)).id();
    ReportId report = readIn(own, people.sender, "1");

    var _ = store().channels().remove(people.team(), own, people.terms);

    assertThat(raw(people.sender.caller(), report)).contains(RawReport.Withheld.class);
    assertThat(raw(new Caller(people.member), report)).contains(RawReport.Kept.class);
  }

  @Test
  default void what_was_read_in_the_teams_mailbox_is_the_admins_to_read() {
    var people = new Colleagues(store());
    ChannelId ofTeam = people.connected(people.ofTeam()).id();

    assertThat(raw(people.sender.caller(), readIn(ofTeam, people.sender, "1")))
        .contains(RawReport.Kept.class);
  }

  @Test
  default void a_sample_from_a_members_mailbox_has_the_mail_if_that_member_made_it() {
    var people = new Colleagues(store());
    Sender sender = people.sender;
    ChannelId own = people.connected(people.of(people.member)).id();
    ReportId byAdmin = readIn(own, sender, "1");
    ReportId byOwner = readIn(own, sender, "2");

    assertThat(reports().correct(sender.caller(), byAdmin, NO_FAILURE))
        .isEqualTo(Correcting.CORRECTED);
    assertThat(reports().correct(new Caller(people.member), byOwner, NO_FAILURE))
        .isEqualTo(Correcting.CORRECTED);

    assertThat(sample(byAdmin)).isInstanceOf(RawReport.Withheld.class);
    assertThat(sample(byOwner)).isInstanceOf(RawReport.Kept.class);
  }

  private ReportId readIn(ChannelId mailbox, Sender sender, String mail) {
    return store(
        report(mail).in(new MailboxPlace(sender.team(), mailbox, mail)),
        new Finding.Linked(
            sender.team(), Sender.only(delivered(sender)), LinkedBy.MAILBOX, OPEN_BOUNCE));
  }

  private Optional<Class<?>> raw(Caller caller, ReportId report) {
    return reports().raw(caller, report).map(RawReport::getClass);
  }

  private RawReport sample(ReportId report) {
    Optional<ReportId> after = Optional.empty();
    do {
      Page<ReportSample, ReportId> page = reports().samples(100, after);
      Optional<ReportSample> found =
          page.items().stream().filter(one -> one.report().id().equals(report)).findAny();
      if (found.isPresent()) {
        return found.get().raw();
      }
      after = page.next();
    } while (after.isPresent());
    throw new AssertionError("no sample of " + report);
  }

  private Caller operators(Member.Role role) {
    return new Caller(
        new Member(Caller.OPERATORS_TEAM, new MemberId(store().ids().next()), "Operator's", role));
  }
}

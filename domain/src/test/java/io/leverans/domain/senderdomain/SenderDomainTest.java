package io.leverans.domain.senderdomain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.senderdomain.Checked.Holder;
import io.leverans.domain.senderdomain.DkimKeys.Rotation;
import io.leverans.domain.senderdomain.DomainStanding.Lapsed;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.DomainStanding.Pending;
import io.leverans.domain.senderdomain.DomainStanding.Signer;
import io.leverans.domain.senderdomain.DomainStanding.Working;
import io.leverans.domain.senderdomain.SenderDomain.Alias;
import io.leverans.domain.senderdomain.SenderDomain.Change;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderDomainTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final SenderDomain ADDED =
      SenderDomain.added(
          new TeamId(7),
          new SenderDomainId(new UUID(0, 1)),
          new DomainName("acme.example"),
          "leverans-proof=abc",
          DkimKeys.first("Zmlyc3Q="),
          SealedSecrets.NONE);

  @Test
  void it_works_as_soon_as_its_proof_and_its_key_are_seen() {
    Change change = ADDED.after(found(Verdict.OK, Verdict.OK), NOON);

    assertThat(change.domain().standing()).isEqualTo(new Working(NOON));
    assertThat(change.facts()).containsExactly(DomainFact.WORKS);
    assertThat(change.domain().checkedAt()).contains(NOON);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          OK,        MISSING
          OK,        DIFFERENT
          OK,        UNTOLD
          MISSING,   OK
          DIFFERENT, OK
          UNTOLD,    OK
          """)
  void one_of_the_two_is_not_enough(Verdict proof, Verdict key) {
    Change change = ADDED.after(found(proof, key), NOON);

    assertThat(change.domain().standing()).isInstanceOf(Pending.class);
    assertThat(change.facts()).isEmpty();
  }

  @Test
  void what_another_team_has_does_not_work_for_this_one() {
    var theirs =
        new Checked(
            Verdict.OK, Holder.ANOTHER_TEAM, Map.of(ADDED.keys().active(), Verdict.OK), Verdict.OK);

    assertThat(ADDED.after(theirs, NOON).domain().standing()).isInstanceOf(Pending.class);
  }

  @Test
  void a_lapse_warns_then_falls_back_after_72_hours_and_recovers() {
    SenderDomain doubted = working().after(found(Verdict.MISSING, Verdict.OK), NOON).domain();

    Instant first = NOON.plus(Duration.ofHours(1));
    Change warned = doubted.after(found(Verdict.MISSING, Verdict.OK), first);
    assertThat(warned.facts()).containsExactly(DomainFact.LAPSES);
    assertThat(warned.domain().standing()).isEqualTo(new Lapsing(first));
    assertThat(warned.domain().signer()).isEqualTo(Signer.DOMAIN);

    Instant over = first.plus(Duration.ofDays(3));
    Change still =
        warned.domain().after(found(Verdict.DIFFERENT, Verdict.OK), over.minusSeconds(1));
    assertThat(still.facts()).isEmpty();
    assertThat(still.domain().standing()).isEqualTo(new Lapsing(first));

    Change lapsed = still.domain().after(found(Verdict.MISSING, Verdict.OK), over);
    assertThat(lapsed.facts()).containsExactly(DomainFact.LAPSED);
    assertThat(lapsed.domain().standing()).isEqualTo(new Lapsed(over));
    assertThat(lapsed.domain().signer()).isEqualTo(Signer.PLATFORM);

    Change back = lapsed.domain().after(found(Verdict.OK, Verdict.OK), over.plusSeconds(1));
    assertThat(back.facts()).containsExactly(DomainFact.RECOVERED);
    assertThat(back.domain().standing()).isEqualTo(new Working(over.plusSeconds(1)));
  }

  @Test
  void one_look_that_misses_a_record_is_no_lapse_however_often_it_is_repeated_at_once() {
    Change missed = working().after(found(Verdict.MISSING, Verdict.MISSING), NOON);
    assertThat(missed.facts()).isEmpty();
    assertThat(missed.domain().standing()).isEqualTo(new Working(NOON));
    assertThat(missed.domain().signer()).isEqualTo(Signer.DOMAIN);
    assertThat(missed.domain().secondLookAt()).contains(NOON.plus(Duration.ofMinutes(61)));

    Instant shortOf = NOON.plus(Duration.ofHours(1)).minusSeconds(1);
    Change again = missed.domain().after(found(Verdict.MISSING, Verdict.MISSING), shortOf);
    assertThat(again.facts()).isEmpty();
    assertThat(again.domain().checkedAgainAfter()).contains(Duration.ofMinutes(1).plusSeconds(1));

    SenderDomain seen = again.domain().after(found(Verdict.OK, Verdict.OK), NOON).domain();
    assertThat(seen.secondLookAt()).isEmpty();
    assertThat(seen.sights()).isEqualTo(Sights.SEEN);
  }

  @Test
  void without_its_key_the_platform_signs_at_once_and_with_it_the_domain_again() {
    SenderDomain doubted = working().after(found(Verdict.OK, Verdict.DIFFERENT), NOON).domain();
    assertThat(doubted.signer()).isEqualTo(Signer.DOMAIN);

    Instant second = NOON.plus(Duration.ofHours(1));
    SenderDomain lapsing = doubted.after(found(Verdict.OK, Verdict.MISSING), second).domain();
    assertThat(lapsing.standing()).isEqualTo(new Lapsing(second));
    assertThat(lapsing.signer()).isEqualTo(Signer.PLATFORM);

    SenderDomain keyBack = lapsing.after(found(Verdict.MISSING, Verdict.OK), second).domain();
    assertThat(keyBack.standing()).isEqualTo(new Lapsing(second));
    assertThat(keyBack.signer()).isEqualTo(Signer.DOMAIN);
  }

  @Test
  void a_key_that_one_look_missed_signs_on_while_the_proof_lapses() {
    Instant second = NOON.plus(Duration.ofHours(1));
    SenderDomain lapsing =
        working()
            .after(found(Verdict.MISSING, Verdict.OK), NOON)
            .domain()
            .after(found(Verdict.MISSING, Verdict.MISSING), second)
            .domain();

    assertThat(lapsing.standing()).isEqualTo(new Lapsing(second));
    assertThat(lapsing.signer()).isEqualTo(Signer.DOMAIN);
  }

  @Test
  void one_that_never_worked_is_looked_at_ever_less_often_and_after_30_days_on_demand() {
    SenderDomain pending = ADDED.after(found(Verdict.MISSING, Verdict.MISSING), NOON).domain();
    assertThat(ADDED.checkedAgainAfter()).contains(Duration.ofHours(1));
    assertThat(pending.standing()).isEqualTo(new Pending(Optional.of(NOON)));
    assertThat(pending.checkedAgainAfter()).contains(Duration.ofHours(1));
    assertThat(afterDays(pending, 0.25).checkedAgainAfter()).contains(Duration.ofHours(6));
    assertThat(afterDays(pending, 12).checkedAgainAfter()).contains(Duration.ofDays(1));
    assertThat(afterDays(pending, 30).checkedAgainAfter()).isEmpty();
    assertThat(
            afterDays(pending, 30)
                .after(found(Verdict.OK, Verdict.OK), NOON)
                .domain()
                .checkedAgainAfter())
        .contains(Duration.ofDays(1));
  }

  private static SenderDomain afterDays(SenderDomain pending, double days) {
    Instant look = NOON.plusSeconds((long) (days * 86_400));
    return pending.after(found(Verdict.MISSING, Verdict.UNTOLD), look).domain();
  }

  private static SenderDomain working() {
    return ADDED.after(found(Verdict.OK, Verdict.OK), NOON).domain();
  }

  @Test
  void a_dns_that_cannot_be_asked_changes_nothing() {
    Instant second = NOON.plus(Duration.ofHours(1));
    SenderDomain doubted = working().after(found(Verdict.MISSING, Verdict.OK), NOON).domain();
    SenderDomain lapsing = doubted.after(found(Verdict.MISSING, Verdict.OK), second).domain();
    Instant muchLater = NOON.plus(Duration.ofDays(30));
    var untold = new Checked(Verdict.UNTOLD, Holder.NOBODY, Map.of(), Verdict.UNTOLD);

    assertThat(working().after(untold, muchLater).domain().standing()).isEqualTo(new Working(NOON));
    assertThat(working().after(untold, muchLater).domain().alias()).isEqualTo(Alias.SEEN);
    assertThat(doubted.after(untold, muchLater).domain().standing()).isEqualTo(new Working(NOON));
    assertThat(doubted.after(untold, muchLater).facts()).isEmpty();
    assertThat(doubted.after(untold, muchLater).domain().checkedAgainAfter())
        .contains(Duration.ofMinutes(10));
    assertThat(lapsing.after(untold, muchLater).domain().standing()).isEqualTo(new Lapsing(second));
    assertThat(lapsing.after(untold, muchLater).facts()).isEmpty();
  }

  @Test
  void the_next_key_signs_from_when_it_is_seen_and_the_one_before_stays_a_week() {
    SenderDomain working = ADDED.after(found(Verdict.OK, Verdict.OK), NOON).domain();
    SenderDomain announced = working.announcing("bmV4dA==", SealedSecrets.NONE);
    PublishedKey first = ADDED.keys().active();
    PublishedKey next = new PublishedKey("leverans2", "bmV4dA==");
    assertThat(announced.keys().next()).contains(next);
    assertThat(announced.keys().rotationAt(NOON)).isEqualTo(new Rotation.UnderWay());

    SenderDomain notYet =
        announced.after(found(announced, Verdict.OK, Verdict.MISSING), NOON).domain();
    assertThat(notYet.keys()).isEqualTo(announced.keys());

    Change switched = announced.after(found(announced, Verdict.OK, Verdict.OK), NOON);
    assertThat(switched.facts()).containsExactly(DomainFact.KEY_SWITCHED);
    DkimKeys keys = switched.domain().keys();
    assertThat(keys.active()).isEqualTo(next);
    assertThat(keys.previousAt(NOON).orElseThrow().key()).isEqualTo(first);
    Instant until = NOON.plus(Duration.ofDays(7));
    assertThat(keys.rotationAt(until.minusSeconds(1))).isEqualTo(new Rotation.TooEarly(until));
    assertThat(keys.rotationAt(until)).isEqualTo(new Rotation.Possible());
    assertThat(keys.previousAt(until)).isEmpty();
    assertThat(keys.otherSelector()).isEqualTo("leverans1");
  }

  @Test
  void an_old_record_that_is_gone_does_no_harm_once_the_next_key_is_there() {
    SenderDomain working = ADDED.after(found(Verdict.OK, Verdict.OK), NOON).domain();
    SenderDomain announced = working.announcing("bmV4dA==", SealedSecrets.NONE);

    Change switched = announced.after(found(announced, Verdict.MISSING, Verdict.OK), NOON);

    assertThat(switched.domain().standing()).isEqualTo(new Working(NOON));
    assertThat(switched.facts()).containsExactly(DomainFact.KEY_SWITCHED);
  }

  @Test
  void it_is_looked_at_closely_while_something_is_about_to_change() {
    assertThat(working().checkedAgainAfter()).contains(Duration.ofDays(1));
    assertThat(working().announcing("bmV4dA==", SealedSecrets.NONE).checkedAgainAfter())
        .contains(Duration.ofHours(1));
    SenderDomain doubted = working().after(found(Verdict.OK, Verdict.MISSING), NOON).domain();
    assertThat(doubted.checkedAgainAfter()).contains(Duration.ofMinutes(61));
    assertThat(
            doubted
                .after(found(Verdict.OK, Verdict.MISSING), NOON.plus(Duration.ofHours(1)))
                .domain()
                .checkedAgainAfter())
        .contains(Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource({
    "acme",
    "acme..example",
    "-acme.example",
    "ac me.example",
    "10.0.0.1",
    "åcme.example"
  })
  void a_name_that_is_none_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new DomainName(text));
  }

  @Test
  void a_name_lies_in_those_above_it() {
    assertThat(new DomainName("Mail.Acme.co.example").enclosing())
        .extracting(DomainName::text)
        .containsExactly("mail.acme.co.example", "acme.co.example", "co.example");
  }

  private static Checked found(Verdict proof, Verdict key) {
    return new Checked(proof, Holder.THIS_TEAM, Map.of(ADDED.keys().active(), key), Verdict.OK);
  }

  private static Checked found(SenderDomain domain, Verdict active, Verdict next) {
    return new Checked(
        Verdict.OK,
        Holder.THIS_TEAM,
        Map.of(domain.keys().active(), active, domain.keys().next().orElseThrow(), next),
        Verdict.OK);
  }
}

package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.out.SenderDomains.Addition;
import io.leverans.application.port.out.SenderDomains.Announcement;
import io.leverans.application.port.out.SenderDomains.Due;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.EventName;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.senderdomain.Checked;
import io.leverans.domain.senderdomain.Checked.Holder;
import io.leverans.domain.senderdomain.DkimKeys;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.DomainStanding.Lapsed;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.DomainStanding.Pending;
import io.leverans.domain.senderdomain.DomainStanding.Working;
import io.leverans.domain.senderdomain.PublishedKey;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomain.Alias;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.domain.senderdomain.Sight;
import io.leverans.domain.senderdomain.Verdict;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link SenderDomains} promises. */
public interface SenderDomainsContract {
  SenderDomains domains();

  /** Another one each time. */
  TeamId newTeam();

  UUID newId();

  List<EventName> told(TeamId team);

  /** As if everything that is known of this domain had come to pass longer ago by this. */
  void age(SenderDomain domain, Duration by);

  @Test
  default void an_added_domain_is_found_as_it_was() {
    SenderDomain added = added(newTeam(), "found");

    assertThat(domains().find(added.team(), added.id())).contains(added);
    assertThat(domains().ofTeam(added.team())).containsExactly(added);
    assertThat(domains().find(newTeam(), added.id())).isEmpty();
    assertThat(added.standing()).isInstanceOf(Pending.class);
    assertThat(told(added.team())).containsExactly(EventKind.DOMAIN_ADDED);
  }

  @Test
  default void a_team_has_a_domain_once_and_another_team_may_add_it_too() {
    SenderDomain first = added(newTeam(), "once");

    assertThat(domains().add(domain(first.team(), first.name())))
        .isEqualTo(new Addition.AlreadyThere(first));
    assertThat(domains().add(domain(newTeam(), first.name()))).isInstanceOf(Addition.Added.class);
    assertThat(told(first.team())).hasSize(1);
  }

  @Test
  default void a_team_has_a_hundred_domains_at_most() {
    TeamId team = newTeam();
    SenderDomain first = added(team, "first");
    for (int more = 1; more < SenderDomain.MOST_OF_A_TEAM; more++) {
      var _ = added(team, "more" + more);
    }

    assertThat(domains().add(domain(team, name("last")))).isEqualTo(new Addition.TooMany());
    assertThat(domains().add(domain(team, first.name())))
        .isEqualTo(new Addition.AlreadyThere(first));
    assertThat(domains().add(domain(newTeam(), name("other")))).isInstanceOf(Addition.Added.class);
    assertThat(domains().remove(team, first.id())).isPresent();
    assertThat(domains().add(domain(team, name("last")))).isInstanceOf(Addition.Added.class);
  }

  @Test
  default void domains_are_listed_by_name() {
    TeamId team = newTeam();
    SenderDomain second = added(team, "b");
    SenderDomain first = added(team, "a");

    assertThat(domains().ofTeam(team)).containsExactly(first, second);
  }

  @Test
  default void
      a_domain_is_in_use_from_when_its_records_are_seen_until_they_are_gone_for_too_long() {
    SenderDomain added = added(newTeam(), "signs");
    assertThat(inUse(added)).isEmpty();

    SenderDomain working = checked(added, Verdict.OK, Verdict.OK);
    assertThat(working.standing()).isInstanceOf(Working.class);
    assertThat(inUse(added)).contains(working);

    SenderDomain doubted = checked(added, Verdict.MISSING, Verdict.OK);
    assertThat(doubted.standing()).isEqualTo(working.standing());
    assertThat(domains().find(added.team(), added.id())).contains(doubted);
    SenderDomain lapsing = lapsed(added, Verdict.MISSING, Verdict.OK);
    assertThat(lapsing.standing()).isInstanceOf(Lapsing.class);
    assertThat(inUse(added)).contains(lapsing);

    age(lapsing, Duration.ofDays(3));
    SenderDomain lapsed = checked(added, Verdict.MISSING, Verdict.OK);
    assertThat(lapsed.standing()).isInstanceOf(Lapsed.class);
    assertThat(inUse(added)).isEmpty();

    assertThat(checked(added, Verdict.OK, Verdict.OK).standing()).isInstanceOf(Working.class);
    assertThat(told(added.team()))
        .containsExactly(
            EventKind.DOMAIN_ADDED,
            EventKind.DOMAIN_WORKING,
            EventKind.DOMAIN_LAPSING,
            EventKind.DOMAIN_LAPSED,
            EventKind.DOMAIN_RECOVERED);
  }

  @Test
  default void what_is_stored_of_a_check_is_what_is_answered() {
    SenderDomain added = added(newTeam(), "stored");

    SenderDomain working = checked(added, Verdict.OK, Verdict.OK);

    assertThat(domains().find(added.team(), added.id())).contains(working);
    assertThat(working.alias()).isEqualTo(Alias.SEEN);
    assertThat(working.checkedAt()).isPresent();
  }

  @Test
  default void of_checks_at_the_same_time_one_makes_it_known() throws Exception {
    SenderDomain added = added(newTeam(), "race");

    var _ = atTheSameTime(4, _ -> checked(added, Verdict.OK, Verdict.OK));

    assertThat(told(added.team()))
        .containsExactly(EventKind.DOMAIN_ADDED, EventKind.DOMAIN_WORKING);
  }

  @Test
  default void a_next_key_signs_once_it_is_seen_and_the_one_before_stays_for_a_week() {
    SenderDomain added = added(newTeam(), "rotated");
    PublishedKey first = added.keys().active();
    var _ = checked(added, Verdict.OK, Verdict.OK);

    SenderDomain announced =
        assertInstanceOf(Announcement.Announced.class, announce(added, "bmV4dA==")).domain();
    PublishedKey next = announced.keys().next().orElseThrow();
    assertThat(announced.keys().active()).isEqualTo(first);
    assertThat(announced.secrets()).isEqualTo(secrets("bmV4dA=="));
    assertThat(domains().find(added.team(), added.id())).contains(announced);

    SenderDomain switched =
        domains()
            .checked(
                added.team(),
                added.id(),
                new Checked(
                    Verdict.OK,
                    Holder.THIS_TEAM,
                    Map.of(first, Verdict.OK, next, Verdict.OK),
                    Verdict.OK))
            .orElseThrow();

    assertThat(switched.keys().active()).isEqualTo(next);
    assertThat(switched.keys().next()).isEmpty();
    Instant until = switched.keys().previous().orElseThrow().until();
    assertThat(switched.keys().previous().orElseThrow().key()).isEqualTo(first);
    assertThat(until).isEqualTo(switched.checkedAt().orElseThrow().plus(DkimKeys.RECORD_STAYS));
    assertThat(domains().find(added.team(), added.id())).contains(switched);
    assertThat(told(added.team())).endsWith(EventKind.DOMAIN_KEY_ROTATED);
    assertThat(announce(switched, "dGhpcmQ=")).isEqualTo(new Announcement.TooEarly(until));

    age(switched, DkimKeys.RECORD_STAYS);
    assertThat(announce(find(switched), "dGhpcmQ=")).isInstanceOf(Announcement.Announced.class);
  }

  @Test
  default void there_is_one_next_key_at_a_time() {
    SenderDomain added = added(newTeam(), "twice");
    SenderDomain announced =
        assertInstanceOf(Announcement.Announced.class, announce(added, "bmV4dA==")).domain();

    assertThat(announce(announced, "b3RoZXI=")).isEqualTo(new Announcement.UnderWay(announced));
  }

  @Test
  default void a_next_key_made_from_other_secrets_is_not_taken() {
    SenderDomain added = added(newTeam(), "stale");

    assertThat(
            domains()
                .announce(
                    added.team(), added.id(), "bmV4dA==", secrets("b2xk"), secrets("bmV4dA==")))
        .isEqualTo(new Announcement.ChangedMeanwhile());
    assertThat(find(added)).isEqualTo(added);
  }

  @Test
  default void a_removed_domain_is_gone() {
    SenderDomain added = added(newTeam(), "gone");

    assertThat(domains().remove(newTeam(), added.id())).isEmpty();
    assertThat(domains().remove(added.team(), added.id())).contains(added);
    assertThat(domains().remove(added.team(), added.id())).isEmpty();

    assertThat(domains().find(added.team(), added.id())).isEmpty();
    assertThat(domains().checked(added.team(), added.id(), found(added, Verdict.OK, Verdict.OK)))
        .isEmpty();
    assertThat(announce(added, "bmV4dA==")).isEqualTo(new Announcement.Gone());
    assertThat(told(added.team())).endsWith(EventKind.DOMAIN_REMOVED);
  }

  @Test
  default void the_team_that_claims_a_domain_first_has_it_until_it_lets_go() {
    DomainName name = name("claimed");
    TeamId first = newTeam();
    TeamId second = newTeam();
    assertThat(domains().holder(first, name)).isEqualTo(Holder.NOBODY);

    assertThat(domains().claim(first, name)).isEqualTo(Holder.THIS_TEAM);
    assertThat(domains().claim(first, name)).isEqualTo(Holder.THIS_TEAM);
    assertThat(domains().claim(second, name)).isEqualTo(Holder.ANOTHER_TEAM);
    domains().release(second, name);
    assertThat(domains().holder(second, name)).isEqualTo(Holder.ANOTHER_TEAM);

    domains().release(first, name);
    assertThat(domains().claim(second, name)).isEqualTo(Holder.THIS_TEAM);
  }

  @Test
  default void of_teams_that_claim_a_domain_at_the_same_time_one_gets_it() throws Exception {
    DomainName name = name("raced");

    List<Holder> holders = atTheSameTime(4, _ -> domains().claim(newTeam(), name));

    assertThat(holders).containsOnlyOnce(Holder.THIS_TEAM).doesNotContain(Holder.NOBODY);
  }

  @Test
  default void a_domain_is_due_a_day_after_it_was_checked_and_one_node_takes_it() throws Exception {
    SenderDomain added = added(newTeam(), "due");
    var due = new Due(added.team(), added.id());
    var _ = checked(added, Verdict.OK, Verdict.OK);
    assertThat(domains().due(1000)).doesNotContain(due);
    age(added, Duration.ofHours(23));
    assertThat(domains().take(due, Duration.ofMinutes(10))).isEmpty();

    age(added, Duration.ofHours(1));
    assertThat(domains().due(1000)).contains(due);
    List<Optional<SenderDomain>> taken =
        atTheSameTime(4, _ -> domains().take(due, Duration.ofMinutes(10)));

    assertThat(taken.stream().filter(Optional::isPresent)).hasSize(1);
    assertThat(domains().due(1000)).doesNotContain(due);
    age(added, Duration.ofMinutes(10));
    assertThat(domains().take(due, Duration.ofMinutes(10))).isPresent();
  }

  @Test
  default void a_doubted_and_a_lapsing_domain_are_due_about_an_hour_later() {
    SenderDomain added = added(newTeam(), "soon");
    var due = new Due(added.team(), added.id());
    var _ = checked(added, Verdict.OK, Verdict.OK);
    var _ = checked(added, Verdict.OK, Verdict.DIFFERENT);
    age(added, Duration.ofMinutes(61));
    assertThat(domains().due(1000)).contains(due);

    SenderDomain lapsing = checked(added, Verdict.OK, Verdict.DIFFERENT);
    assertThat(lapsing.standing()).isInstanceOf(Lapsing.class);
    assertThat(domains().find(added.team(), added.id())).contains(lapsing);
    assertThat(domains().due(1000)).doesNotContain(due);
    age(added, Duration.ofHours(1));
    assertThat(domains().due(1000)).contains(due);
  }

  @Test
  default void a_domain_that_never_worked_is_due_ever_later_and_in_the_end_no_more() {
    SenderDomain added = added(newTeam(), "never");
    var due = new Due(added.team(), added.id());
    age(added, Duration.ofHours(1));
    assertThat(domains().due(1000)).contains(due);

    SenderDomain pending = checked(added, Verdict.MISSING, Verdict.MISSING);
    assertThat(domains().find(added.team(), added.id())).contains(pending);
    age(added, Duration.ofDays(30));
    assertThat(domains().due(1000)).contains(due);
    var _ = checked(added, Verdict.MISSING, Verdict.MISSING);
    age(added, Duration.ofDays(300));
    assertThat(domains().due(1000)).doesNotContain(due);
    assertThat(domains().take(due, Duration.ofMinutes(10))).isEmpty();
  }

  @Test
  default void a_team_is_told_once_of_each_lapse() {
    SenderDomain added = added(newTeam(), "told");
    var _ = checked(added, Verdict.OK, Verdict.OK);
    assertThat(untold(added)).isEmpty();
    var _ = checked(added, Verdict.MISSING, Verdict.OK);
    assertThat(untold(added)).isEmpty();
    SenderDomain lapsing = lapsed(added, Verdict.MISSING, Verdict.OK);
    assertThat(untold(added)).contains(lapsing);

    domains().lapseTold(added.team(), added.id());
    var _ = checked(added, Verdict.MISSING, Verdict.OK);
    assertThat(untold(added)).isEmpty();

    var _ = checked(added, Verdict.OK, Verdict.OK);
    var _ = lapsed(added, Verdict.MISSING, Verdict.OK);
    assertThat(untold(added)).isPresent();
  }

  /** By two looks, an hour apart. */
  private SenderDomain lapsed(SenderDomain domain, Verdict proof, Verdict key) {
    var _ = checked(domain, proof, key);
    age(domain, Sight.SECOND_LOOK_AFTER);
    return checked(domain, proof, key);
  }

  private SenderDomain added(TeamId team, String label) {
    return assertInstanceOf(Addition.Added.class, domains().add(domain(team, name(label))))
        .domain();
  }

  private DomainName name(String label) {
    return new DomainName(label + "." + newId() + ".example");
  }

  private SenderDomain domain(TeamId team, DomainName name) {
    return SenderDomain.added(
        team,
        new SenderDomainId(newId()),
        name,
        "leverans-proof=" + newId(),
        DkimKeys.first("Zmlyc3Q="),
        secrets("Zmlyc3Q="));
  }

  private static SealedSecrets secrets(String base64) {
    return new SealedSecrets(base64);
  }

  private static Checked found(SenderDomain domain, Verdict proof, Verdict key) {
    return new Checked(proof, Holder.THIS_TEAM, Map.of(domain.keys().active(), key), Verdict.OK);
  }

  private SenderDomain checked(SenderDomain domain, Verdict proof, Verdict key) {
    return domains().checked(domain.team(), domain.id(), found(domain, proof, key)).orElseThrow();
  }

  private Announcement announce(SenderDomain domain, String key) {
    return domains().announce(domain.team(), domain.id(), key, domain.secrets(), secrets(key));
  }

  private SenderDomain find(SenderDomain domain) {
    return domains().find(domain.team(), domain.id()).orElseThrow();
  }

  private Optional<SenderDomain> inUse(SenderDomain domain) {
    return domains()
        .inUse(domain.team(), List.of(domain.name(), new DomainName("other.example")))
        .stream()
        .findFirst();
  }

  private Optional<SenderDomain> untold(SenderDomain domain) {
    return domains().withUntoldLapse(1000).stream()
        .filter(found -> found.id().equals(domain.id()))
        .findFirst();
  }
}

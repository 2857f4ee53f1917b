package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ReadSuppressions.Query;
import io.leverans.application.port.out.Suppressions.Addition;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.port.out.Suppressions.Removal;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.EventName;
import io.leverans.application.view.Page;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionPolicy;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.suppression.SuppressionRule;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link Suppressions} promises. */
public interface SuppressionsContract {
  MemberId ADMIN = new MemberId(new UUID(0, 7));

  Suppressions suppressions();

  /** A team of its own, each time. */
  TeamId newTeam();

  UUID newId();

  Instant now();

  List<EventName> told(TeamId team);

  /** As if this entry's end had come. */
  void end(TeamId team, SuppressionId id);

  @Test
  default void an_address_is_known_again_however_its_letters_are_written() {
    TeamId team = newTeam();
    SuppressedAddress entry = added(team, "Bo.Ek@Example.com", SuppressionReason.BY_HAND);

    EmailAddress asked = EmailAddress.parse("bo.ek@EXAMPLE.com");
    assertThat(among(team, "bo.ek@EXAMPLE.com", "eva@example.com")).containsOnlyKeys(asked);
    assertThat(among(team, "bo.ek@EXAMPLE.com").get(asked)).isEqualTo(entry);
    assertThat(suppressions().find(team, entry.id())).contains(entry);
    assertThat(told(team)).containsExactly(EventKind.SUPPRESSION_ADDED);
  }

  @Test
  default void one_teams_list_is_nothing_to_another() {
    SuppressedAddress entry = added(newTeam(), "bo@example.com", SuppressionReason.BY_HAND);
    TeamId other = newTeam();

    assertThat(among(other, "bo@example.com")).isEmpty();
    assertThat(suppressions().find(other, entry.id())).isEmpty();
    assertThat(suppressions().remove(other, entry.id(), ADMIN, "mine"))
        .isEqualTo(Removal.NOT_THERE);
  }

  @Test
  default void an_address_is_on_the_list_once_for_its_gravest_reason() {
    TeamId team = newTeam();
    var _ = added(team, "bo@example.com", SuppressionReason.IMPORTED);
    SuppressedAddress complained = added(team, "BO@example.com", SuppressionReason.COMPLAINED);

    Addition again = add(team, "bo@example.com", SuppressionReason.BY_HAND, Optional.empty());

    assertThat(again).isEqualTo(new Addition.AlreadyThere(complained));
    assertThat(list(team).items()).containsExactly(complained);
    assertThat(told(team))
        .containsExactly(EventKind.SUPPRESSION_ADDED, EventKind.SUPPRESSION_ADDED);
  }

  @Test
  default void an_entry_whose_time_is_over_counts_no_more_and_makes_room() {
    TeamId team = newTeam();
    Instant until = now().plus(Duration.ofDays(1));
    Addition first = add(team, "bo@example.com", SuppressionReason.COMPLAINED, Optional.of(until));
    SuppressedAddress entry = ((Addition.Added) first).entry();
    assertThat(entry.until()).contains(until);
    assertThat(among(team, "bo@example.com")).hasSize(1);

    end(team, entry.id());

    assertThat(among(team, "bo@example.com")).isEmpty();
    assertThat(list(team).items()).isEmpty();
    assertThat(add(team, "bo@example.com", SuppressionReason.BY_HAND, Optional.empty()))
        .isInstanceOf(Addition.Added.class);
  }

  @Test
  default void nobody_ends_an_entry_by_adding_one_that_ends() {
    TeamId team = newTeam();
    var _ = added(team, "bo@example.com", SuppressionReason.BOUNCED);

    var _ =
        add(
            team,
            "bo@example.com",
            SuppressionReason.BY_HAND,
            Optional.of(now().plus(Duration.ofMinutes(1))));

    assertThat(list(team).items())
        .singleElement()
        .satisfies(entry -> assertThat(entry.until()).isEmpty())
        .satisfies(entry -> assertThat(entry.reason()).isEqualTo(SuppressionReason.BY_HAND));
  }

  @Test
  default void what_lasts_longer_counts_whatever_its_reason() {
    TeamId team = newTeam();
    var _ =
        add(
            team,
            "bo@example.com",
            SuppressionReason.BY_HAND,
            Optional.of(now().plus(Duration.ofDays(1))));

    assertThat(add(team, "bo@example.com", SuppressionReason.BOUNCED, Optional.empty()))
        .isInstanceOf(Addition.Added.class);

    assertThat(list(team).items())
        .singleElement()
        .satisfies(entry -> assertThat(entry.until()).isEmpty());
  }

  @Test
  default void what_is_taken_off_may_be_written_to_again() {
    TeamId team = newTeam();
    SuppressedAddress entry = added(team, "bo@example.com", SuppressionReason.UNSUBSCRIBED);

    assertThat(suppressions().remove(team, entry.id(), ADMIN, "asked for it"))
        .isEqualTo(Removal.REMOVED);

    assertThat(among(team, "bo@example.com")).isEmpty();
    assertThat(suppressions().remove(team, entry.id(), ADMIN, "again"))
        .isEqualTo(Removal.NOT_THERE);
    assertThat(told(team))
        .containsExactly(EventKind.SUPPRESSION_ADDED, EventKind.SUPPRESSION_REMOVED);
  }

  @Test
  default void the_list_is_told_newest_first_and_page_by_page() {
    TeamId team = newTeam();
    SuppressedAddress first = added(team, "a@example.com", SuppressionReason.BY_HAND);
    SuppressedAddress second = added(team, "b@example.com", SuppressionReason.COMPLAINED);
    SuppressedAddress third = added(team, "c@other.example", SuppressionReason.BY_HAND);

    Page<SuppressedAddress, SuppressionId> page = list(query(team, 2, Optional.empty()));
    assertThat(page.items()).containsExactly(third, second);
    assertThat(list(query(team, 2, page.next())).items()).containsExactly(first);
    assertThat(list(query(team, 2, page.next())).next()).isEmpty();
  }

  @Test
  default void the_list_is_searched_by_text_by_reason_and_by_address() {
    TeamId team = newTeam();
    SuppressedAddress bo = added(team, "Bo@Example.com", SuppressionReason.BY_HAND);
    SuppressedAddress eva = added(team, "eva@example.com", SuppressionReason.COMPLAINED);
    var _ = added(team, "bo@other.example", SuppressionReason.IMPORTED);

    assertThat(list(containing(team, "@EXAMPLE")).items()).containsExactly(eva, bo);
    assertThat(list(containing(team, "%")).items()).as("no pattern").isEmpty();
    assertThat(
            list(query(team, Optional.empty(), Optional.of(SuppressionReason.COMPLAINED))).items())
        .containsExactly(eva);
    assertThat(list(query(team, Optional.of("bo@EXAMPLE.com"), Optional.empty())).items())
        .containsExactly(bo);
  }

  @Test
  default void a_team_decides_what_puts_addresses_there() {
    TeamId team = newTeam();
    var policy =
        new SuppressionPolicy(
            Map.of(
                Cause.MAILBOX_FULL, new SuppressionRule.After(3, Duration.ofDays(30)),
                Cause.MAILBOX_MOVED, new SuppressionRule.Never()));
    assertThat(suppressions().policy(team)).isEqualTo(SuppressionPolicy.STANDARD);

    suppressions().decide(team, policy);

    assertThat(suppressions().policy(team)).isEqualTo(policy);
    assertThat(suppressions().policy(newTeam())).isEqualTo(SuppressionPolicy.STANDARD);
    assertThat(told(team)).containsExactly(EventKind.SUPPRESSION_POLICY_CHANGED);
  }

  private SuppressedAddress added(TeamId team, String address, SuppressionReason reason) {
    return ((Addition.Added) add(team, address, reason, Optional.empty())).entry();
  }

  private Addition add(
      TeamId team, String address, SuppressionReason reason, Optional<Instant> until) {
    return suppressions()
        .add(
            new NewSuppression(
                team,
                new SuppressionId(newId()),
                EmailAddress.parse(address),
                reason,
                until,
                Optional.of("a note")));
  }

  private Map<EmailAddress, SuppressedAddress> among(TeamId team, String... addresses) {
    return suppressions()
        .among(team, List.of(addresses).stream().map(EmailAddress::parse).toList());
  }

  private Page<SuppressedAddress, SuppressionId> list(TeamId team) {
    return list(query(team, 100, Optional.empty()));
  }

  private Page<SuppressedAddress, SuppressionId> list(Query query) {
    return suppressions().list(query);
  }

  private static Query query(TeamId team, int limit, Optional<SuppressionId> before) {
    return new Query(team, Optional.empty(), Optional.empty(), Optional.empty(), limit, before);
  }

  private static Query query(
      TeamId team, Optional<String> address, Optional<SuppressionReason> reason) {
    return new Query(
        team, address.map(EmailAddress::parse), Optional.empty(), reason, 100, Optional.empty());
  }

  private static Query containing(TeamId team, String text) {
    return new Query(
        team, Optional.empty(), Optional.of(text), Optional.empty(), 100, Optional.empty());
  }
}

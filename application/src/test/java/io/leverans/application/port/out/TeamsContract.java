package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Teams.Addition;
import io.leverans.application.port.out.Teams.Removal;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Teams} promises. */
public interface TeamsContract extends StoreContract {
  private Teams teams() {
    return store().teams();
  }

  private Member member(Sender sender, String name, Member.Role role) {
    return new Member(sender.team(), new MemberId(store().ids().next()), name, role);
  }

  private Member added(Sender sender, String name, Member.Role role) {
    Member member = member(sender, name, role);
    assertThat(teams().add(member)).isEqualTo(Addition.ADDED);
    return member;
  }

  @Test
  default void a_number_is_given_once() throws Exception {
    List<TeamId> numbers = atTheSameTime(8, _ -> teams().nextNumber());

    assertThat(numbers).doesNotHaveDuplicates();
  }

  @Test
  default void a_team_is_found_by_its_number() {
    var sender = new Sender(store());

    assertThat(teams().find(sender.team()))
        .contains(new Team(sender.team(), "Team " + sender.team().value()));
    assertThat(teams().find(teams().nextNumber())).isEmpty();
  }

  @Test
  default void teams_are_listed_by_number() {
    var first = new Sender(store());
    var second = new Sender(store());

    List<TeamId> listed = teams().list().stream().map(Team::id).toList();

    assertThat(listed).containsSubsequence(first.team(), second.team());
    assertThat(listed).isSortedAccordingTo((a, b) -> Long.compare(a.value(), b.value()));
  }

  @Test
  default void a_removed_team_is_gone_with_its_members() {
    var sender = new Sender(store());
    var other = new Sender(store());

    assertThat(teams().remove(sender.team())).isEqualTo(Removal.REMOVED);

    assertThat(teams().find(sender.team())).isEmpty();
    assertThat(teams().list()).extracting(Team::id).doesNotContain(sender.team());
    assertThat(teams().members(sender.team())).isEmpty();
    assertThat(teams().findMember(sender.team(), sender.admin().id())).isEmpty();
    assertThat(teams().add(member(sender, "Bo", Member.Role.ADMIN)))
        .isEqualTo(Addition.UNKNOWN_TEAM);
    assertThat(teams().remove(sender.team())).isEqualTo(Removal.UNKNOWN);
    assertThat(teams().find(other.team())).isPresent();
  }

  @Test
  default void what_a_removed_team_sent_stays() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));

    assertThat(teams().remove(sender.team())).isEqualTo(Removal.REMOVED);

    assertThat(sender.read(message).deliveries()).hasSize(1);
    sender.deliver(sender.claimOne());
  }

  @Test
  default void members_are_listed_oldest_first_and_found_by_their_ids() {
    var sender = new Sender(store());
    var other = new Sender(store());
    Member second = added(sender, "Bo", Member.Role.MEMBER);
    Member third = added(sender, "Anna", Member.Role.ADMIN);

    assertThat(teams().members(sender.team())).containsExactly(sender.admin(), second, third);
    assertThat(teams().findMember(sender.team(), second.id())).contains(second);
    assertThat(teams().findMember(other.team(), second.id())).isEmpty();
  }

  @Test
  default void nobody_is_added_to_a_team_that_is_not_there() {
    var nowhere =
        new Member(
            teams().nextNumber(), new MemberId(store().ids().next()), "Bo", Member.Role.ADMIN);

    assertThat(teams().add(nowhere)).isEqualTo(Addition.UNKNOWN_TEAM);
  }

  @Test
  default void a_removed_member_is_gone_and_what_they_sent_stays() {
    var sender = new Sender(store());
    Member leaving = added(sender, "Bo", Member.Role.MEMBER);
    MessageId message =
        sender.accept(
            ChangedMail.from(
                sender.identity(leaving.id(), "bo@sender.example"), sender.mail("cy@example.com")));

    assertThat(teams().removeMember(sender.team(), leaving.id())).isEqualTo(Removal.REMOVED);

    assertThat(teams().members(sender.team())).containsExactly(sender.admin());
    assertThat(teams().findMember(sender.team(), leaving.id())).isEmpty();
    assertThat(teams().removeMember(sender.team(), leaving.id())).isEqualTo(Removal.UNKNOWN);
    assertThat(sender.read(message).deliveries()).hasSize(1);
  }

  @Test
  default void a_member_is_not_removed_by_another_team() {
    var sender = new Sender(store());
    Member member = added(sender, "Bo", Member.Role.MEMBER);
    var other = new Sender(store());

    assertThat(teams().removeMember(other.team(), member.id())).isEqualTo(Removal.UNKNOWN);

    assertThat(teams().findMember(sender.team(), member.id())).contains(member);
  }

  @Test
  default void the_last_admin_stays_however_many_members_there_are() {
    var sender = new Sender(store());
    var _ = added(sender, "Bo", Member.Role.MEMBER);

    assertThat(teams().removeMember(sender.team(), sender.admin().id()))
        .isEqualTo(Removal.LAST_ADMIN);

    assertThat(teams().findMember(sender.team(), sender.admin().id())).isPresent();
  }

  @Test
  default void of_two_admins_who_are_removed_at_the_same_time_one_stays() throws Exception {
    for (int round = 0; round < 10; round++) {
      var sender = new Sender(store());
      List<Member> admins = List.of(sender.admin(), added(sender, "Bo", Member.Role.ADMIN));

      List<Removal> removals =
          atTheSameTime(2, which -> teams().removeMember(sender.team(), admins.get(which).id()));

      assertThat(removals).containsExactlyInAnyOrder(Removal.REMOVED, Removal.LAST_ADMIN);
      assertThat(teams().members(sender.team())).hasSize(1);
    }
  }
}

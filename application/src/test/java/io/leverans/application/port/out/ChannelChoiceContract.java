package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Channels.Connection;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.ChannelChoice.Reason;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Identity.Standing;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link Channels} and {@link Identities} promise of which identity uses which channel. */
public interface ChannelChoiceContract extends StoreContract {
  private Channels channels() {
    return store().channels();
  }

  private Identities identities() {
    return store().identities();
  }

  @Test
  default void without_channels_of_ones_own_an_identity_uses_the_platforms() {
    var colleagues = new Colleagues(store());

    IdentityId identity = colleagues.identity(colleagues.member, "bo@own.example");

    assertThat(colleagues.choice(identity)).isEqualTo(colleagues.platforms());
    assertThat(colleagues.told(EventKind.IDENTITY_CREATED).getLast())
        .isEqualTo(
            Map.of(
                "identityId",
                identity.value().toString(),
                "address",
                "bo@own.example",
                "channelId",
                colleagues.platform.value().toString(),
                "reason",
                "PLATFORM"));
  }

  @Test
  default void a_members_only_channel_takes_over_their_identities_and_nobody_elses() {
    var colleagues = new Colleagues(store());
    IdentityId first = colleagues.identity(colleagues.member, "bo@own.example");
    IdentityId second = colleagues.identity(colleagues.member, "info@own.example");

    Connection connection =
        channels().connect(colleagues.channel(colleagues.of(colleagues.member)), colleagues.terms);

    ChannelChoice after = colleagues.theirs(connection.channel(), Reason.ONLY_CHANNEL);
    assertThat(connection.rechosen())
        .containsExactlyInAnyOrder(
            new Rechosen(colleagues.read(first), colleagues.platforms()),
            new Rechosen(colleagues.read(second), colleagues.platforms()));
    assertThat(List.of(colleagues.choice(first), colleagues.choice(second))).containsOnly(after);
    assertThat(colleagues.choice(colleagues.sender.identity())).isEqualTo(colleagues.platforms());
    assertThat(colleagues.told(EventKind.IDENTITY_CHANNEL_CHANGED))
        .contains(
            Map.of(
                "identityId", first.value().toString(),
                "address", "bo@own.example",
                "channelId", connection.channel().id().value().toString(),
                "previousChannelId", colleagues.platform.value().toString(),
                "reason", "ONLY_CHANNEL"))
        .hasSize(2);
  }

  @Test
  default void an_identity_that_is_made_later_uses_what_is_there() {
    var colleagues = new Colleagues(store());
    Channel teams = colleagues.connected(colleagues.ofTeam());
    Channel own = colleagues.connected(colleagues.of(colleagues.member));

    IdentityId standard = colleagues.identity(colleagues.member, "bo@own.example");
    IdentityId additional = colleagues.identity(colleagues.member, "info@own.example");

    assertThat(colleagues.choice(standard))
        .isEqualTo(colleagues.theirs(teams, Reason.TEAM_CHANNEL));
    assertThat(colleagues.choice(additional))
        .isEqualTo(colleagues.theirs(own, Reason.ONLY_CHANNEL));
  }

  @Test
  default void a_channel_for_the_team_takes_over_default_identities_and_a_second_moves_nobody() {
    var colleagues = new Colleagues(store());
    IdentityId members = colleagues.identity(colleagues.member, "bo@own.example");
    IdentityId additional = colleagues.identity(colleagues.member, "info@own.example");
    IdentityId admins = colleagues.sender.identity();

    Channel first = colleagues.connected(colleagues.ofTeam());
    Connection second =
        channels().connect(colleagues.channel(colleagues.ofTeam()), colleagues.terms);

    assertThat(List.of(colleagues.choice(members), colleagues.choice(admins)))
        .containsOnly(colleagues.theirs(first, Reason.TEAM_CHANNEL));
    assertThat(colleagues.choice(additional)).isEqualTo(colleagues.platforms());
    assertThat(second.rechosen()).isEmpty();
  }

  @Test
  default void identities_of_a_channel_that_is_removed_fall_back_and_are_told_of() {
    var colleagues = new Colleagues(store());
    IdentityId chosen = colleagues.identity(colleagues.member, "bo@own.example");
    IdentityId other = colleagues.identity(colleagues.member, "info@own.example");
    Channel going = colleagues.connected(colleagues.of(colleagues.member));
    Channel staying = colleagues.connected(colleagues.of(colleagues.member));
    var _ =
        identities().choose(colleagues.team(), chosen, Optional.of(going.id()), colleagues.terms);
    assertThat(colleagues.choice(other)).isEqualTo(colleagues.platforms());

    List<Rechosen> rechosen =
        channels().remove(colleagues.team(), going.id(), colleagues.terms).orElseThrow().rechosen();

    assertThat(List.of(colleagues.choice(chosen), colleagues.choice(other)))
        .containsOnly(colleagues.theirs(staying, Reason.ONLY_CHANNEL));
    assertThat(rechosen)
        .containsExactlyInAnyOrder(
            new Rechosen(colleagues.read(chosen), colleagues.theirs(going, Reason.CHOSEN)),
            new Rechosen(colleagues.read(other), colleagues.platforms()));
    assertThat(colleagues.told(EventKind.IDENTITY_CHANNEL_CHANGED))
        .extracting(data -> data.get("previousChannelId"))
        .contains(going.id().value().toString());
  }

  @Test
  default void what_somebody_chose_stays_whatever_comes() {
    var colleagues = new Colleagues(store());
    IdentityId identity = colleagues.identity(colleagues.member, "bo@own.example");
    Channel own = colleagues.connected(colleagues.of(colleagues.member));

    Optional<Rechosen> chosen =
        identities().choose(colleagues.team(), identity, Optional.of(own.id()), colleagues.terms);
    var _ = colleagues.connected(colleagues.ofTeam());
    var _ = colleagues.connected(colleagues.of(colleagues.member));

    assertThat(chosen)
        .contains(
            new Rechosen(colleagues.read(identity), colleagues.theirs(own, Reason.ONLY_CHANNEL)));
    assertThat(colleagues.choice(identity)).isEqualTo(colleagues.theirs(own, Reason.CHOSEN));
  }

  @Test
  default void when_nobody_chooses_any_more_the_rule_decides_and_the_same_again_changes_nothing() {
    var colleagues = new Colleagues(store());
    IdentityId identity = colleagues.identity(colleagues.member, "bo@own.example");
    Channel own = colleagues.connected(colleagues.of(colleagues.member));
    Channel teams = colleagues.connected(colleagues.ofTeam());
    var _ =
        identities().choose(colleagues.team(), identity, Optional.of(own.id()), colleagues.terms);
    int told = colleagues.told(EventKind.IDENTITY_CHANNEL_CHANGED).size();

    assertThat(
            identities()
                .choose(colleagues.team(), identity, Optional.of(own.id()), colleagues.terms))
        .isEmpty();
    assertThat(colleagues.told(EventKind.IDENTITY_CHANNEL_CHANGED)).hasSize(told);

    assertThat(identities().choose(colleagues.team(), identity, Optional.empty(), colleagues.terms))
        .map(Rechosen::before)
        .contains(colleagues.theirs(own, Reason.CHOSEN));
    assertThat(colleagues.choice(identity))
        .isEqualTo(colleagues.theirs(teams, Reason.TEAM_CHANNEL));
  }

  @Test
  default void a_channel_that_is_not_open_to_the_member_is_not_chosen() {
    var colleagues = new Colleagues(store());
    IdentityId identity = colleagues.identity(colleagues.member, "bo@own.example");
    Channel admins = colleagues.connected(colleagues.of(colleagues.admin));

    assertThat(
            identities()
                .choose(colleagues.team(), identity, Optional.of(admins.id()), colleagues.terms))
        .isEmpty();
    assertThat(colleagues.choice(identity)).isEqualTo(colleagues.platforms());
  }

  @Test
  default void a_channel_of_a_kind_that_is_not_offered_is_not_decided_on() {
    var colleagues = new Colleagues(store());
    IdentityId identity = colleagues.identity(colleagues.member, "bo@own.example");
    var without = new ChoiceTerms(colleagues.platform, Set.of());

    Connection connection =
        channels().connect(colleagues.channel(colleagues.of(colleagues.member)), without);

    assertThat(connection.rechosen()).isEmpty();
    assertThat(colleagues.choice(identity)).isEqualTo(colleagues.platforms());
  }

  @Test
  default void another_default_identity_takes_over_the_teams_channel() {
    var colleagues = new Colleagues(store());
    IdentityId first = colleagues.identity(colleagues.member, "bo@own.example");
    IdentityId second = colleagues.identity(colleagues.member, "info@own.example");
    Channel teams = colleagues.connected(colleagues.ofTeam());
    ChannelChoice teamsChoice = colleagues.theirs(teams, Reason.TEAM_CHANNEL);

    List<Rechosen> rechosen = identities().makeDefault(colleagues.team(), second, colleagues.terms);

    assertThat(colleagues.read(first).standing()).isEqualTo(Standing.ADDITIONAL);
    assertThat(colleagues.read(second).standing()).isEqualTo(Standing.DEFAULT);
    assertThat(identities().findDefault(colleagues.team(), colleagues.member.id()))
        .contains(colleagues.read(second));
    assertThat(rechosen)
        .containsExactlyInAnyOrder(
            new Rechosen(colleagues.read(first), teamsChoice),
            new Rechosen(colleagues.read(second), colleagues.platforms()));
    assertThat(colleagues.choice(first)).isEqualTo(colleagues.platforms());
    assertThat(colleagues.choice(second)).isEqualTo(teamsChoice);
    assertThat(colleagues.told(EventKind.IDENTITY_DEFAULT_CHANGED))
        .extracting(data -> data.get("identityId"))
        .containsExactly(second.value().toString());

    assertThat(identities().makeDefault(colleagues.team(), second, colleagues.terms)).isEmpty();
    assertThat(colleagues.told(EventKind.IDENTITY_DEFAULT_CHANGED)).hasSize(1);
  }

  @Test
  default void a_member_has_one_default_also_when_several_are_named_at_once() throws Exception {
    var colleagues = new Colleagues(store());
    List<IdentityId> all =
        List.of(
            colleagues.identity(colleagues.member, "a@own.example"),
            colleagues.identity(colleagues.member, "b@own.example"),
            colleagues.identity(colleagues.member, "c@own.example"));

    var _ =
        atTheSameTime(
            3,
            which -> identities().makeDefault(colleagues.team(), all.get(which), colleagues.terms));

    assertThat(all.stream().map(colleagues::read).map(Identity::standing))
        .containsOnlyOnce(Standing.DEFAULT);
  }

  @Test
  default void a_member_without_identities_has_no_default() {
    var colleagues = new Colleagues(store());

    assertThat(identities().findDefault(colleagues.team(), colleagues.member.id())).isEmpty();
    assertThat(identities().findDefault(colleagues.team(), new MemberId(store().ids().next())))
        .isEmpty();
  }

  @Test
  default void no_identity_keeps_what_was_right_before_when_all_comes_and_goes_at_once()
      throws Exception {
    var colleagues = new Colleagues(store());
    Channel going = colleagues.connected(colleagues.of(colleagues.member));

    var _ =
        atTheSameTime(
            7,
            which ->
                switch (which) {
                  case 0 -> colleagues.connected(colleagues.ofTeam());
                  case 1 -> colleagues.connected(colleagues.of(colleagues.member));
                  case 2 -> channels().remove(colleagues.team(), going.id(), colleagues.terms);
                  default -> colleagues.identity(member(colleagues, which), which + "@own.example");
                });

    for (Identity identity : identities().list(colleagues.team())) {
      assertThat(identity.choice()).as("%s", identity).isEqualTo(right(colleagues, identity));
    }
    assertThat(identities().list(colleagues.team())).hasSize(5);
  }

  private static Member member(Colleagues colleagues, int which) {
    return which % 2 == 0 ? colleagues.admin : colleagues.member;
  }

  private ChannelChoice right(Colleagues colleagues, Identity identity) {
    Member member =
        identity.member().equals(colleagues.admin.id()) ? colleagues.admin : colleagues.member;
    List<Channel> open =
        channels().openTo(member).stream()
            .filter(channel -> channel.kind().equals(Colleagues.KIND))
            .toList();
    return ChannelChoice.decide(
        identity.standing(), identity.choice().chosen(), open, colleagues.platform);
  }
}

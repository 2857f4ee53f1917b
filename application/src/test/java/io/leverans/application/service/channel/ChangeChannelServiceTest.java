package io.leverans.application.service.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.ChangeChannel.Command;
import io.leverans.application.port.in.ChangeChannel.Result;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Renewal;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.Gatekeeper;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.identity.Identity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeChannelServiceTest {
  private static final Map<String, String> NEW_RING = Map.of(PigeonProvider.RING, "new-ring");

  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Caller member = deployment.member;
  private final Channel channel = own.ofMember();

  @Test
  void a_new_secret_is_proved_with_the_settings_that_stay_and_stored() {
    Result.Changed changed = changed(NEW_RING);
    assertThat(changed.findings()).isEqualTo(PigeonProvider.FINDINGS);
    assertThat(own.pigeon.proved)
        .extracting(open -> open.settings().values())
        .containsExactly(Map.of(PigeonProvider.LOFT, "north", PigeonProvider.RING, "new-ring"));
    Channel after = own.stored(channel);
    assertThat(changed.channel().channel()).isEqualTo(after);
    assertThat(after.id()).isEqualTo(channel.id());
    assertThat(after.settings()).isEqualTo(channel.settings());
    assertThat(own.seal.open(channel.id(), after.secrets())).isEqualTo(NEW_RING);
  }

  @Test
  void what_waits_goes_on_at_once() {
    var _ = own.atFault(channel);
    WaitingPlace waiting = own.parked(channel.id());
    var _ = changed(NEW_RING);
    assertThat(own.stored(channel).health()).isEqualTo(new ChannelHealth.Connected());
    own.assertResumed(waiting);
  }

  @Test
  void an_empty_value_takes_a_setting_away() {
    var _ = changed(Map.of(PigeonProvider.RING, ""));
    assertThat(own.stored(channel).secrets()).isEqualTo(SealedSecrets.NONE);
    assertThat(own.stored(channel).settings()).isEqualTo(channel.settings());
  }

  @ParameterizedTest
  @ValueSource(strings = {PigeonProvider.LOFT, PigeonProvider.FEED})
  void a_secret_goes_nowhere_else_unless_it_is_given_again(String setting) {
    Result result = change(member, Optional.empty(), Map.of(setting, "elsewhere"));
    assertThat(assertInstanceOf(Result.Faulty.class, result).problems())
        .extracting(FieldProblem::field)
        .containsExactly(PigeonProvider.RING);
    assertNothingHappened();
  }

  @Test
  void with_its_secret_a_channel_is_pointed_elsewhere() {
    var elsewhere = Map.of(PigeonProvider.LOFT, "south", PigeonProvider.RING, "new-ring");
    var _ = changed(elsewhere);
    assertThat(own.stored(channel).settings())
        .isEqualTo(new ChannelSettings(Map.of(PigeonProvider.LOFT, "south")));
  }

  @Test
  void without_its_secret_a_channel_is_pointed_elsewhere_too() {
    var _ = changed(Map.of(PigeonProvider.LOFT, "south", PigeonProvider.RING, ""));
    assertThat(own.pigeon.proved.getLast().settings().values())
        .isEqualTo(Map.of(PigeonProvider.LOFT, "south"));
  }

  @Test
  void a_value_that_is_given_as_it_was_changes_nothing_of_where_a_secret_goes() {
    var _ = changed(Map.of(PigeonProvider.LOFT, "north"));
    assertThat(own.pigeon.proved.getLast().settings().find(PigeonProvider.RING))
        .contains("secret-ring");
  }

  @Test
  void secrets_that_no_key_opens_any_more_are_mended_by_giving_them_again() {
    own.seal.loseKeys();
    var _ = changed(NEW_RING);
    assertThat(own.seal.open(channel.id(), own.stored(channel).secrets())).isEqualTo(NEW_RING);
  }

  @Test
  void a_label_that_says_nothing_is_not_taken() {
    Result result = change(member, Optional.of(" "), NEW_RING);
    assertThat(assertInstanceOf(Result.Faulty.class, result).problems())
        .extracting(FieldProblem::field)
        .containsExactly("label");
    assertNothingHappened();
  }

  @Test
  void settings_that_cannot_work_are_not_tried() {
    assertThat(change(member, Optional.empty(), Map.of(PigeonProvider.LOFT, "")))
        .isEqualTo(new Result.Faulty(List.of(PigeonProvider.noLoft())));
    assertNothingHappened();
  }

  @Test
  void what_the_real_server_would_not_have_leaves_all_as_it_was() {
    Channel before = own.atFault(channel);
    WaitingPlace waiting = own.parked(channel.id());
    Proof.Fails fails = OwnChannels.fails(OwnChannels.WRONG_RING);
    own.pigeon.proof = fails;
    assertThat(change(member, Optional.of("North"), NEW_RING)).isEqualTo(new Result.Refused(fails));
    assertThat(own.stored(channel)).isEqualTo(before);
    own.assertWaits(waiting);
  }

  @Test
  void of_two_who_change_it_at_once_the_slower_one_changes_what_the_faster_one_stored() {
    own.pigeon.uponProof =
        () -> {
          own.pigeon.uponProof = () -> {};
          var _ = changed(Map.of(PigeonProvider.RING, "fast-ring", PigeonProvider.FEED, "corn"));
        };
    var _ = changed(NEW_RING);
    assertThat(own.stored(channel).settings().find(PigeonProvider.FEED)).contains("corn");
    assertThat(own.opening.secretsOf(own.stored(channel))).isEqualTo(NEW_RING);
  }

  @Test
  void what_changes_again_and_again_is_left_to_the_others() {
    own.pigeon.uponProof = () -> renewed("ring " + own.pigeon.proved.size());
    assertThat(change(member, Optional.of("North"), NEW_RING))
        .isEqualTo(new Result.ChangedMeanwhile());
    assertThat(own.pigeon.proved).hasSize(3);
    assertThat(own.stored(channel).label()).isEqualTo(channel.label());
  }

  @Test
  void access_that_was_renewed_while_it_was_proved_is_not_lost() {
    own.pigeon.uponProof =
        () -> {
          own.pigeon.uponProof = () -> {};
          renewed("renewed-ring");
        };
    var _ = changed(Map.of(PigeonProvider.LOFT, "north"));
    assertThat(own.opening.secretsOf(own.stored(channel)))
        .containsEntry(PigeonProvider.RING, "renewed-ring");
  }

  @Test
  void access_that_has_run_out_is_renewed_before_it_is_proved() {
    var gatekeeper = new Gatekeeper();
    Channel account = account(gatekeeper);
    Command same =
        new Command(
            member,
            account.id(),
            Optional.empty(),
            Optional.empty(),
            Map.of(PigeonProvider.LOFT, "north"));

    assertThat(own.changing(own.providers).change(same)).isInstanceOf(Result.Changed.class);
    assertThat(own.pigeon.proved)
        .singleElement()
        .matches(
            open -> open.settings().find(PigeonProvider.RING).orElseThrow().equals("new ring 1"));
    assertThat(own.opening.secretsOf(own.stored(account)))
        .containsEntry(PigeonProvider.RING, "new ring 1");
  }

  @Test
  void where_access_cannot_be_renewed_it_is_told_why() {
    var gatekeeper = new Gatekeeper();
    Channel account = account(gatekeeper);
    gatekeeper.renewal = Optional.of(Renewal.Refused.untilOwnerActs(OwnChannels.WRONG_RING));
    Command same =
        new Command(
            member,
            account.id(),
            Optional.empty(),
            Optional.empty(),
            Map.of(PigeonProvider.LOFT, "north"));

    Result.Refused refused =
        assertInstanceOf(Result.Refused.class, own.changing(own.providers).change(same));
    assertThat(refused.proof().fault()).isEqualTo(OwnChannels.WRONG_RING);
    assertThat(own.stored(account)).isEqualTo(account);
  }

  private Channel account(Gatekeeper gatekeeper) {
    Map<String, String> settings = new HashMap<>(OwnChannels.withRing());
    settings.put(PigeonProvider.RING, gatekeeper.wornOut);
    settings.put(Gatekeeper.OWNER, "old Tom");
    Channel account = own.connected(member, Ownership.MEMBER, settings);
    own.pigeon.flow = Optional.of(gatekeeper);
    return account;
  }

  private void renewed(String ring) {
    var _ =
        deployment.channels.renewSecrets(
            member.team(),
            channel.id(),
            found -> Optional.of(own.opening.seal(found.id(), Map.of(PigeonProvider.RING, ring))));
  }

  @Test
  void nobody_but_the_member_changes_their_own() {
    assertThat(change(deployment.admin, Optional.of("Mine"), NEW_RING))
        .isEqualTo(new Result.NotYours());
    assertThat(change(deployment.colleague, Optional.of("Mine"), NEW_RING))
        .isEqualTo(new Result.UnknownChannel());
    assertThat(change(deployment.stranger, Optional.of("Mine"), NEW_RING))
        .isEqualTo(new Result.UnknownChannel());
    assertNothingHappened();
  }

  @Test
  void the_teams_is_changed_by_admins_only() {
    Channel ofTeam = own.ofTeam();
    assertThat(change(member, ofTeam.id(), Optional.of("Ours"))).isEqualTo(new Result.NotYours());
    assertThat(change(deployment.admin, ofTeam.id(), Optional.of("Ours")))
        .isInstanceOf(Result.Changed.class);
    assertThat(own.stored(ofTeam).label()).isEqualTo("Ours");
  }

  @Test
  void the_platforms_is_changed_by_nobody_here() {
    assertThat(change(deployment.admin, deployment.platformChannel.id(), Optional.of("Mine")))
        .isEqualTo(new Result.NotYours());
  }

  @Test
  void what_waits_shows_in_the_answer() {
    Identity bo = deployment.verified(member, "bo@example.com");
    var _ = own.waiting(channel.id(), bo, 1, "to@example.org");
    assertThat(changed(NEW_RING).channel().waiting()).isPresent();
  }

  @Test
  void a_kind_that_is_no_longer_offered_cannot_be_proved() {
    assertThat(own.changing(own.withoutPigeons).change(command(member, Optional.empty(), NEW_RING)))
        .isEqualTo(new Result.KindNotOffered(PigeonProvider.KIND));
  }

  @Test
  void a_channel_that_was_removed_meanwhile_is_unknown() {
    own.pigeon.uponProof =
        () -> {
          var _ = deployment.channels.remove(member.team(), channel.id(), own.choosing.terms());
        };
    assertThat(change(member, Optional.empty(), NEW_RING)).isEqualTo(new Result.UnknownChannel());
  }

  private Result.Changed changed(Map<String, String> settings) {
    return assertInstanceOf(Result.Changed.class, change(member, Optional.empty(), settings));
  }

  private Result change(Caller caller, Optional<String> label, Map<String, String> settings) {
    return own.changing(own.providers).change(command(caller, label, settings));
  }

  private Result change(Caller caller, ChannelId id, Optional<String> label) {
    return own.changing(own.providers)
        .change(new Command(caller, id, label, Optional.empty(), Map.of()));
  }

  private Command command(Caller caller, Optional<String> label, Map<String, String> settings) {
    return new Command(caller, channel.id(), label, Optional.empty(), settings);
  }

  private void assertNothingHappened() {
    assertThat(own.pigeon.proved).isEmpty();
    assertThat(own.stored(channel)).isEqualTo(channel);
  }
}

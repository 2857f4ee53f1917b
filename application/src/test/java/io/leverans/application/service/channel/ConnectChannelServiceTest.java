package io.leverans.application.service.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.ConnectChannel.Command;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.ConnectChannel.Result;
import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectChannelServiceTest {
  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Caller member = deployment.member;

  @Test
  void a_channel_that_works_is_stored_with_its_secrets_sealed() {
    Result.Connected connected = connected(OwnChannels.withRing());
    Channel channel = connected.channel().channel();
    assertThat(connected.findings()).isEqualTo(PigeonProvider.FINDINGS);
    assertThat(channel)
        .isEqualTo(
            new Channel(
                channel.id(),
                PigeonProvider.KIND,
                new ChannelOwner.OfMember(member.team(), member.member().id()),
                new ChannelSettings(Map.of(PigeonProvider.LOFT, "north")),
                channel.secrets(),
                new ChannelHealth.Connected(),
                deployment.now(),
                ChannelPreferences.ofNew("Bo's loft")));
    assertThat(own.stored(channel)).isEqualTo(channel);
    assertThat(own.seal.open(channel.id(), channel.secrets()))
        .isEqualTo(Map.of(PigeonProvider.RING, "secret-ring"));
  }

  @Test
  void a_channel_without_secrets_has_nothing_sealed() {
    Channel channel = connected(Map.of(PigeonProvider.LOFT, "north")).channel().channel();
    assertThat(channel.secrets()).isEqualTo(SealedSecrets.NONE);
  }

  @Test
  void the_proof_sees_the_secrets_and_the_id_that_the_channel_will_have() {
    Channel channel = connected(OwnChannels.withRing()).channel().channel();
    assertThat(own.pigeon.proved)
        .containsExactly(
            new OpenChannel(
                channel.id(), PigeonProvider.KIND, new ChannelSettings(OwnChannels.withRing())));
  }

  @Test
  void it_is_proved_for_the_address_of_the_callers_default_identity() {
    Identity bo = deployment.verified(member, "bo@example.com");
    var _ = deployment.verified(member, "second@example.com");
    var _ = connected(OwnChannels.withRing());
    assertThat(own.pigeon.senders).containsExactly(Optional.of(bo.mailbox().address()));
  }

  @Test
  void an_address_that_is_not_verified_proves_nothing() {
    var _ = deployment.unverified(member, "bo@example.com");
    var _ = connected(OwnChannels.withRing());
    assertThat(own.pigeon.senders).containsExactly(Optional.empty());
  }

  @Test
  void whose_channel_is_another_by_that_is_told() {
    Identity bo = deployment.verified(member, "bo@example.com");
    var connected = connected(OwnChannels.withRing());
    Identity after = deployment.identities.find(bo.team(), bo.id()).orElseThrow();
    assertThat(after.choice())
        .isEqualTo(
            new ChannelChoice(
                connected.channel().channel().id(), ChannelChoice.Reason.ONLY_CHANNEL));
    assertThat(connected.rechosen()).containsExactly(new Rechosen(after, bo.choice()));
  }

  @Test
  void an_admin_connects_one_for_the_whole_team() {
    Result result = connect(deployment.admin, "Office", Ownership.TEAM, OwnChannels.withRing());
    Channel channel = assertInstanceOf(Result.Connected.class, result).channel().channel();
    assertThat(channel.owner()).isEqualTo(new ChannelOwner.OfTeam(deployment.admin.team()));
  }

  @Test
  void a_member_who_is_no_admin_does_not() {
    assertThat(connect(member, "Office", Ownership.TEAM, OwnChannels.withRing()))
        .isEqualTo(new Result.AdminsOnly());
    assertNothingHappened();
  }

  @Test
  void an_unknown_kind_is_answered_with_those_there_are() {
    var fax = new ChannelKind("fax");
    var command = new Command(member, fax, "", Ownership.MEMBER, Map.of());
    assertThat(own.connect.connect(command))
        .isEqualTo(new Result.UnknownKind(fax, List.of(Deployment.PAPER, PigeonProvider.KIND)));
  }

  @Test
  void a_kind_that_the_platform_has_for_everybody_cannot_be_connected() {
    own.pigeon.form = new ConnectionForm.ComesWithPlatform();
    assertThat(connect(member, "", Ownership.MEMBER, OwnChannels.withRing()))
        .isEqualTo(new Result.ComesWithPlatform(PigeonProvider.KIND));
    assertNothingHappened();
  }

  @Test
  void what_cannot_work_is_not_tried() {
    assertThat(connect(member, "", Ownership.MEMBER, Map.of()))
        .isEqualTo(new Result.Faulty(List.of(PigeonProvider.noLoft())));
    assertNothingHappened();
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "TOO LONG"})
  void a_label_that_nobody_could_read_is_not_taken(String label) {
    String given = label.replace("TOO LONG", "x".repeat(101));
    Result result = connect(member, given, Ownership.MEMBER, OwnChannels.withRing());
    assertThat(assertInstanceOf(Result.Faulty.class, result).problems())
        .extracting(FieldProblem::field)
        .containsExactly("label");
    assertNothingHappened();
  }

  @Test
  void the_faults_of_label_and_settings_are_told_together() {
    Result result = connect(member, "two\nlines", Ownership.MEMBER, Map.of());
    assertThat(assertInstanceOf(Result.Faulty.class, result).problems())
        .extracting(FieldProblem::field)
        .containsExactly("label", PigeonProvider.LOFT);
  }

  @Test
  void a_channel_without_a_label_is_called_as_its_kind() {
    Result result = connect(member, " ", Ownership.MEMBER, OwnChannels.withRing());
    assertThat(assertInstanceOf(Result.Connected.class, result).channel().channel().label())
        .isEqualTo("Pigeon");
  }

  @Test
  void what_the_real_server_would_not_have_is_not_stored() {
    Proof.Fails fails = OwnChannels.fails(OwnChannels.WRONG_RING);
    own.pigeon.proof = fails;
    assertThat(connect(member, "", Ownership.MEMBER, OwnChannels.withRing()))
        .isEqualTo(new Result.Refused(fails));
    assertThat(deployment.channels.openTo(member.member()))
        .containsExactly(deployment.platformChannel);
  }

  private Result.Connected connected(Map<String, String> settings) {
    return assertInstanceOf(
        Result.Connected.class, connect(member, " Bo's loft ", Ownership.MEMBER, settings));
  }

  private Result connect(
      Caller caller, String label, Ownership ownership, Map<String, String> settings) {
    return own.connect.connect(
        new Command(caller, PigeonProvider.KIND, label, ownership, settings));
  }

  private void assertNothingHappened() {
    assertThat(own.pigeon.proved).isEmpty();
    assertThat(deployment.channels.openTo(member.member()))
        .containsExactly(deployment.platformChannel);
  }
}

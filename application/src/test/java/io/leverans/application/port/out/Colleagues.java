package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.ChannelChoice.Reason;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An admin with a default identity and a member with none, who connect channels of their own. */
final class Colleagues {
  static final ChannelKind KIND = new ChannelKind("kind-own");
  static final ChannelSettings SETTINGS = new ChannelSettings(Map.of("host", "mail.example"));
  static final SealedSecrets SECRETS = new SealedSecrets("c2VhbGVk");

  final Sender sender;
  final Member admin;
  final Member member;
  final ChannelId platform;
  final ChoiceTerms terms;

  private final Store store;

  Colleagues(Store store) {
    this.store = store;
    this.sender = new Sender(store);
    this.admin = sender.admin();
    this.member = new Member(team(), new MemberId(store.ids().next()), "Bo", Member.Role.MEMBER);
    this.platform = sender.channel();
    this.terms = new ChoiceTerms(platform, Set.of(KIND));
    assertThat(store.teams().add(member)).isEqualTo(Teams.Addition.ADDED);
  }

  TeamId team() {
    return sender.team();
  }

  ChannelOwner ofTeam() {
    return new ChannelOwner.OfTeam(team());
  }

  ChannelOwner of(Member owner) {
    return new ChannelOwner.OfMember(team(), owner.id());
  }

  NewChannel channel(ChannelOwner owner) {
    return new NewChannel(
        new ChannelId(store.ids().next()), KIND, "Own server", owner, SETTINGS, SECRETS);
  }

  Channel connected(ChannelOwner owner) {
    return store.channels().connect(channel(owner), terms).channel();
  }

  IdentityId identity(Member owner, String address) {
    var identity =
        new NewIdentity(
            team(),
            new IdentityId(store.ids().next()),
            owner.id(),
            Mailbox.parse(address),
            Optional.empty(),
            Replies.TO_SHOWN_ADDRESS,
            NewIdentity.Proof.VOUCHED_FOR);
    assertThat(store.identities().create(identity, terms)).isEqualTo(Identities.Creation.CREATED);
    return identity.id();
  }

  Identity read(IdentityId identity) {
    return store.identities().find(team(), identity).orElseThrow();
  }

  ChannelChoice choice(IdentityId identity) {
    return read(identity).choice();
  }

  ChannelChoice theirs(Channel channel, Reason reason) {
    return new ChannelChoice(channel.id(), reason);
  }

  ChannelChoice platforms() {
    return new ChannelChoice(platform, Reason.PLATFORM);
  }

  /** Events of this kind so far, oldest first. */
  List<Map<String, String>> told(EventKind kind) {
    return sender.events().stream().filter(event -> event.kind() == kind).map(Event::data).toList();
  }
}

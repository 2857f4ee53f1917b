package io.leverans.application.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ConnectChannel;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.WaitingMail.WaitingMessage;
import io.leverans.application.port.out.memory.MemorySeal;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.memory.PaperProvider;
import io.leverans.application.service.channel.ChangeChannelService;
import io.leverans.application.service.channel.ConnectChannelService;
import io.leverans.application.service.channel.OpeningChannels;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.application.service.identity.Choosing;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A deployment whose people connect channels of their own. */
public final class OwnChannels {
  public static final ChannelFault WRONG_RING =
      new ChannelFault(
          Cause.CREDENTIALS_REFUSED, "535 wrong ring", "Enter the right one.", Certainty.PRESUMED);

  public final Deployment deployment = new Deployment();
  public final PigeonProvider pigeon = new PigeonProvider();
  public final Providers providers =
      new Providers(
          List.of(
              new PaperProvider(Deployment.PAPER, Grouping.ONE_RECIPIENT, Deployment.NO_TRANSPORT),
              pigeon));
  public final Providers withoutPigeons = deployment.providers;
  public final Choosing choosing = new Choosing(deployment.platformChannel.id(), providers);
  public final MemorySeal seal = new MemorySeal();
  public final OpeningChannels opening = new OpeningChannels(seal);
  public final ConnectChannelService connect = connecting(choosing);

  ConnectChannelService connecting(Choosing by) {
    return new ConnectChannelService(
        deployment.channels,
        deployment.identities,
        deployment.waitingMail,
        by,
        opening,
        deployment.ids);
  }

  public ChangeChannelService changing(Providers offered) {
    return new ChangeChannelService(
        deployment.channels,
        deployment.identities,
        deployment.waitingMail,
        deployment.queue,
        deployment.lanes,
        offered,
        opening,
        new UsableChannels(deployment.channels, opening, deployment::now, _ -> {}));
  }

  /** A later one is younger. */
  public Channel connected(Caller caller, Ownership ownership, Map<String, String> settings) {
    deployment.pass(Duration.ofSeconds(1));
    var command =
        new ConnectChannel.Command(caller, PigeonProvider.KIND, "Loft", ownership, settings);
    var connected = (ConnectChannel.Result.Connected) connect.connect(command);
    pigeon.proved.clear();
    pigeon.senders.clear();
    return connected.channel().channel();
  }

  public Channel ofMember() {
    return connected(deployment.member, Ownership.MEMBER, withRing());
  }

  public Channel ofTeam() {
    return connected(deployment.admin, Ownership.TEAM, withRing());
  }

  public static Map<String, String> withRing() {
    return Map.of(PigeonProvider.LOFT, "north", PigeonProvider.RING, "secret-ring");
  }

  public static Proof.Fails fails(ChannelFault fault) {
    return new Proof.Fails(fault, Optional.of(PigeonProvider.RING), List.of("coo?"));
  }

  public Channel stored(Channel channel) {
    return deployment.channels.find(deployment.admin.team(), channel.id()).orElseThrow();
  }

  /** An identity that is verified and that somebody chose the channel for. */
  public Identity chosen(Caller caller, String mailbox, Channel channel) {
    Identity identity = deployment.verified(caller, mailbox);
    var _ =
        deployment.identities.choose(
            identity.team(), identity.id(), Optional.of(channel.id()), choosing.terms());
    return deployment.identities.find(identity.team(), identity.id()).orElseThrow();
  }

  /** It needs attention, for as long as nobody does something. */
  public Channel atFault(Channel channel) {
    return health(
        channel, new ChannelHealth.NeedsAttention(WRONG_RING, deployment.now(), Optional.empty()));
  }

  public Channel health(Channel channel, ChannelHealth health) {
    return deployment.channels.putHealth(channel, health);
  }

  /** A dispatch that waits for its channel. */
  public WaitingPlace parked(ChannelId channel) {
    return parked(deployment.member.team(), channel);
  }

  public WaitingPlace parked(TeamId team, ChannelId channel) {
    var message = new MessageId(deployment.ids.next());
    var aboard =
        new Envelope(new DeliveryId(deployment.ids.next()), EmailAddress.parse("to@example.org"));
    var dispatch =
        new Dispatch(
            team,
            new DispatchId(deployment.ids.next()),
            message,
            EmailAddress.parse("bo@example.com"),
            Octets.of(new byte[0]),
            List.of(aboard),
            new Lane("lane"),
            Optional.empty(),
            Optional.empty(),
            1,
            deployment.now());
    deployment.queue.addWaiting(
        new Claim(dispatch, channel, new LeaseId(deployment.ids.next()), 0, Duration.ZERO));
    return new WaitingPlace(team, channel);
  }

  public void assertResumed(WaitingPlace place) {
    assertThat(deployment.queue.waitingPlaces(10)).doesNotContain(place);
    assertThat(deployment.queue.teamsWithDueMail(10)).contains(place.team());
  }

  public void assertWaits(WaitingPlace place) {
    assertThat(deployment.queue.waitingPlaces(10)).contains(place);
  }

  /** A message of an identity that is still to be tried for these of its recipients. */
  public WaitingMessage waiting(
      ChannelId channel, Identity author, int recipients, String... left) {
    return waiting(channel, author, Optional.of(author), recipients, left);
  }

  public WaitingMessage waiting(
      ChannelId channel,
      Identity author,
      Optional<Identity> identity,
      int recipients,
      String... left) {
    Map<DeliveryId, Recipient> deliveries = new LinkedHashMap<>();
    Deployment.to(left).forEach(to -> deliveries.put(new DeliveryId(deployment.ids.next()), to));
    var message =
        new WaitingMessage(
            new MessageId(deployment.ids.next()),
            identity.map(Identity::id),
            author.mailbox(),
            "Hi",
            deliveries,
            recipients,
            Octets.of("Hello".getBytes(UTF_8)));
    deployment.waitingMail.add(author.team(), channel, message);
    return message;
  }
}

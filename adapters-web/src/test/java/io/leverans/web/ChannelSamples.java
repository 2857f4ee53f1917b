package io.leverans.web;

import io.leverans.application.port.in.ReadChannels;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ChannelView;
import io.leverans.application.view.PresentationView;
import io.leverans.application.view.Rechosen;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A channel of a kind that nobody has heard of, well and ill. */
final class ChannelSamples {
  static final String PATH = "/v1/channels/" + Samples.CHANNEL_ID.value();
  static final ChannelId OTHER_ID = new ChannelId(new UUID(0, 9));
  static final ChannelKind POST = new ChannelKind("post");
  static final SealedSecrets SEALED = SealedSecrets.of(new byte[] {1, 2, 3, 4, 5, 6});

  static final Capabilities CAPABILITIES =
      new Capabilities(
          Capabilities.SenderShown.IDENTITY,
          Capabilities.Via.SHOWN_UNLESS_ALIGNED,
          Capabilities.AllowListing.POSSIBLE_IF_ALIGNED,
          Capabilities.SentCopy.NONE,
          Capabilities.BounceCapture.ALWAYS,
          Capabilities.Unsubscribing.ONE_CLICK_IF_SERVER_SIGNS,
          Capabilities.Identities.ANY_VERIFIED,
          Capabilities.Reputation.PLATFORM,
          Evidence.RECIPIENTS_SERVER,
          Grouping.ONE_RECIPIENT,
          List.of(
              new Limit(
                  30,
                  Limit.Counted.RECIPIENTS,
                  Duration.ofMinutes(1),
                  Limit.Scope.DESTINATION,
                  "The post's timetable")),
          Optional.of(25_000_000L));

  static final ChannelFault REFUSED =
      new ChannelFault(
          Cause.CREDENTIALS_REFUSED,
          "535 5.7.8 no",
          "Check the password.",
          ChannelFault.Certainty.CERTAIN);

  static final Proof.Fails FAILS =
      new Proof.Fails(
          REFUSED, Optional.of("password"), List.of("> AUTH PLAIN ***", "< 535 5.7.8 no"));

  static final WaitingAmount WAITING = new WaitingAmount(3, 5, Samples.NOON);

  static final ChannelView CONNECTED = view(new ChannelHealth.Connected());

  static final PresentationView PRESENTATION =
      new PresentationView(
          Samples.CHANNEL_ID,
          new Presentation(
              Samples.ANNA, Optional.of("platform.example"), Optional.of(Samples.ANNA)),
          Capabilities.SentCopy.BY_PROVIDER,
          Capabilities.BounceCapture.TO_SENDERS_MAILBOX,
          Optional.empty());

  static final Rechosen RECHOSEN =
      new Rechosen(
          Samples.identity(new Verification.Pending()),
          new ChannelChoice(OTHER_ID, ChannelChoice.Reason.PLATFORM));

  private ChannelSamples() {}

  static ChannelView view(ChannelHealth health) {
    return new ChannelView(channel(health, SEALED), Optional.of(CAPABILITIES), Optional.empty());
  }

  static ChannelView view(ChannelHealth health, WaitingAmount waiting) {
    return new ChannelView(
        channel(health, SEALED), Optional.of(CAPABILITIES), Optional.of(waiting));
  }

  static Channel channel(ChannelHealth health, SealedSecrets secrets) {
    return new Channel(
        Samples.CHANNEL_ID,
        POST,
        new ChannelOwner.OfMember(Samples.TEAM, Samples.MEMBER_ID),
        new ChannelSettings(Map.of("host", "mail.example", "port", "587")),
        secrets,
        health,
        Samples.NOON,
        ChannelPreferences.ofNew("Our post"));
  }

  /** Shows these channels to everybody. */
  record KnownChannels(List<ChannelView> channels) implements ReadChannels {
    @Override
    public List<ChannelView> list(Caller caller) {
      return channels;
    }

    @Override
    public Optional<ChannelView> read(Caller caller, ChannelId id) {
      return channels.stream().filter(view -> view.channel().id().equals(id)).findFirst();
    }
  }
}

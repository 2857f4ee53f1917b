package io.leverans.application.service.preflight;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.Preflight.Command;
import io.leverans.application.port.in.Preflight.Extent;
import io.leverans.application.port.in.Preflight.Result;
import io.leverans.application.port.out.MailHistory;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SenderAuthentication.Alignment;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.Gatekeeper;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.identity.ReadIdentitiesService;
import io.leverans.application.view.Caller;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.application.view.PreflightView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.senderdomain.RecordType;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who asks what stands in the way of mail, and what is answered. */
abstract class PreflightTrial {
  static final SenderAuthentication NEITHER =
      new SenderAuthentication(Alignment.NOT_ALIGNED, Alignment.NOT_ALIGNED);

  final OwnChannels own = new OwnChannels();
  final Deployment deployment = own.deployment;
  final Channel channel = own.ofMember();
  final Identity identity = own.chosen(deployment.member, "Bo <bo@mail.example.com>", channel);

  final Past past = new Past();

  PreflightView check(Extent extent) {
    return check(own.providers, deployment.member, identity, extent);
  }

  PreflightView check(Providers providers, Caller caller, Identity asked, Extent extent) {
    var service =
        new PreflightService(
            new ReadIdentitiesService(deployment.identities),
            deployment.channels,
            providers,
            deployment.authors,
            deployment.objections,
            new ChannelInquiry(own.opening, deployment::now),
            new QuotaInquiry(past, deployment.waitingMail),
            new RecipientInquiry(past, deployment.suppressions),
            deployment::now);
    return assertInstanceOf(
            Result.Checked.class, service.check(new Command(caller, asked.id(), extent)))
        .preflight();
  }

  PreflightPoint point(Topic topic) {
    return point(check(new Extent.Messages(1)), topic);
  }

  static PreflightPoint point(PreflightView preflight, Topic topic) {
    return preflight.points().stream()
        .filter(point -> point.topic() == topic)
        .findFirst()
        .orElseThrow();
  }

  void publish(String record) {
    var _ = deployment.dns.publish("_dmarc.example.com", RecordType.TXT, record);
  }

  AcceptMessage.Result accept() {
    return deployment
        .accepting(own.providers, deployment::now)
        .accept(
            new AcceptMessage.Command(
                deployment.member,
                identity.id(),
                Deployment.to("di@example.org"),
                Content.plain("Hi", "Hello"),
                Map.of(),
                Urgency.PERSONAL,
                Schedule.AT_ONCE,
                AcceptMessage.Suppressed.REFUSE,
                Optional.empty()));
  }

  static Limit limit(int atMost, Duration window) {
    return new Limit(atMost, Limit.Counted.MESSAGES, window, Limit.Scope.CHANNEL, "the loft's own");
  }

  /** The channel is now one that an account's owner let us into. */
  Gatekeeper byConsent() {
    var gatekeeper = new Gatekeeper();
    own.pigeon.flow = Optional.of(gatekeeper);
    Map<String, String> settings = new HashMap<>(channel.settings().values());
    settings.put(Gatekeeper.OWNER, gatekeeper.account);
    var _ =
        deployment.channels.reconnect(
            deployment.member.team(),
            channel.id(),
            new ChannelSettings(settings),
            channel.secrets());
    return gatekeeper;
  }

  /** What became of mail, as a test wants it. */
  static final class Past implements MailHistory {
    HandedOver handedOver = HandedOver.NOTHING;
    final Map<EmailAddress, Cause> causes = new HashMap<>();

    @Override
    public Map<Duration, HandedOver> handedOver(
        TeamId team, ChannelId channel, Collection<Duration> windows) {
      Map<Duration, HandedOver> passed = new HashMap<>();
      windows.forEach(window -> passed.put(window, handedOver));
      return passed;
    }

    @Override
    public Map<EmailAddress, Cause> causesNotToWrite(
        TeamId team, Collection<EmailAddress> addresses) {
      Map<EmailAddress, Cause> known = new HashMap<>(causes);
      known.keySet().retainAll(addresses);
      return known;
    }
  }
}

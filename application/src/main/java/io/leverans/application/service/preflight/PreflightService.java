package io.leverans.application.service.preflight;

import io.leverans.application.port.in.Preflight;
import io.leverans.application.port.in.ReadIdentities;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.author.Authors;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.identity.Identity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at all that decides whether an identity can send. Nothing is sent or changed by it. */
public final class PreflightService implements Preflight {
  private final ReadIdentities identities;
  private final Channels channels;
  private final Providers providers;
  private final Authors authors;
  private final SendingObjections objections;
  private final ChannelInquiry inquiry;
  private final QuotaInquiry quota;
  private final RecipientInquiry recipients;
  private final InstantSource clock;

  public PreflightService(
      ReadIdentities identities,
      Channels channels,
      Providers providers,
      Authors authors,
      SendingObjections objections,
      ChannelInquiry inquiry,
      QuotaInquiry quota,
      RecipientInquiry recipients,
      InstantSource clock) {
    this.identities = identities;
    this.channels = channels;
    this.providers = providers;
    this.authors = authors;
    this.objections = objections;
    this.inquiry = inquiry;
    this.quota = quota;
    this.recipients = recipients;
    this.clock = clock;
  }

  @Override
  public Result check(Command command) {
    return identities
        .read(command.caller(), command.identity())
        .<Result>map(identity -> new Result.Checked(check(identity, command.extent())))
        .orElseGet(Result.UnknownIdentity::new);
  }

  private PreflightView check(Identity identity, Extent extent) {
    Channel channel = channels.find(identity.team(), identity.channel()).orElseThrow();
    List<PreflightPoint> points = new ArrayList<>();
    points.add(SendingObjections.verified(identity));
    Optional<ChannelProvider> provider = providers.find(channel.kind());
    Optional<Instant> through =
        provider.flatMap(known -> through(identity, channel, known, amount(extent), points));
    if (provider.isEmpty()) {
      points.add(SendingObjections.notOffered(channel.kind()));
    }
    if (extent instanceof Extent.Addresses(List<String> written)) {
      points.addAll(recipients.points(identity.team(), written));
    }
    return new PreflightView(identity.id(), channel.id(), points, through);
  }

  private Optional<Instant> through(
      Identity identity,
      Channel channel,
      ChannelProvider provider,
      Amount amount,
      List<PreflightPoint> points) {
    points.add(inquiry.health(channel, provider));
    inquiry.access(channel, provider).ifPresent(points::add);
    Author author = authors.of(identity, provider);
    points.add(objections.dmarc(author, channel, provider));
    objections.records(author, channel, provider).ifPresent(points::add);
    QuotaInquiry.Answer answer = quota.of(identity.team(), channel, provider, amount);
    points.add(answer.point());
    return readyAt(channel).map(ready -> ready.plus(answer.delay()));
  }

  /** Nobody knows when somebody mends a channel. */
  private Optional<Instant> readyAt(Channel channel) {
    Instant now = clock.instant();
    return channel.health() instanceof ChannelHealth.NeedsAttention(_, _, var until)
        ? until.map(end -> end.isAfter(now) ? end : now)
        : Optional.of(now);
  }

  private static Amount amount(Extent extent) {
    return switch (extent) {
      case Extent.Messages(int number) -> new Amount(number, number);
      case Extent.Addresses(List<String> written) -> new Amount(1, Math.max(1, written.size()));
    };
  }
}

package io.leverans.application.service.preflight;

import io.leverans.application.port.out.MailHistory;
import io.leverans.application.port.out.MailHistory.HandedOver;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Next;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.Forecast;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Forecast.Usage;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How much may pass a channel now, and when more would be through. */
public final class QuotaInquiry {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Duration WHILE = Duration.ofMinutes(90);
  private static final Duration DAYS = Duration.ofDays(2);

  private final MailHistory history;
  private final WaitingMail waitingMail;

  public QuotaInquiry(MailHistory history, WaitingMail waitingMail) {
    this.history = history;
    this.waitingMail = waitingMail;
  }

  /** The point, and how long it takes at least until all is through. */
  record Answer(PreflightPoint point, Duration delay) {}

  /** What waits for the channel already goes first. */
  Answer of(TeamId team, Channel channel, ChannelProvider provider, Amount amount) {
    List<Limit> limits =
        channel.at(provider.capabilities(channel.settings())).limits().stream()
            .filter(limit -> limit.scope() == Scope.CHANNEL)
            .toList();
    if (limits.isEmpty()) {
      return new Answer(
          PreflightPoint.ok(Topic.QUOTA, "The channel has no limit that we know of."),
          Duration.ZERO);
    }
    List<Usage> usages = usages(team, channel, limits);
    Amount all = amount.plus(waiting(team, channel));
    String left =
        usages.stream().map(QuotaInquiry::left).collect(Collectors.joining("; ", "Left: ", "."));
    return Forecast.narrowest(usages, all)
        .map(narrowest -> held(narrowest, all, left))
        .orElseGet(
            () ->
                new Answer(
                    PreflightPoint.ok(Topic.QUOTA, left + " All of it passes now."),
                    Duration.ZERO));
  }

  private List<Usage> usages(TeamId team, Channel channel, List<Limit> limits) {
    Map<Duration, HandedOver> passed =
        history.handedOver(
            team, channel.id(), limits.stream().map(Limit::window).collect(Collectors.toSet()));
    return limits.stream().map(limit -> usage(limit, passed)).toList();
  }

  private static Usage usage(Limit limit, Map<Duration, HandedOver> passed) {
    HandedOver inWindow = passed.getOrDefault(limit.window(), HandedOver.NOTHING);
    return new Usage(limit, inWindow.amount(), inWindow.oldest());
  }

  private Amount waiting(TeamId team, Channel channel) {
    return Optional.ofNullable(waitingMail.amounts(team, List.of(channel.id())).get(channel.id()))
        .map(QuotaInquiry::amount)
        .orElse(Amount.NOTHING);
  }

  private static Amount amount(WaitingAmount waiting) {
    return new Amount(waiting.messages(), waiting.recipients());
  }

  private static Answer held(Usage narrowest, Amount all, String left) {
    Duration wait = narrowest.until(all);
    return new Answer(
        PreflightPoint.warning(
            Topic.QUOTA,
            "%s All of it, with what waits already, would be through in %s."
                .formatted(left, inWords(wait)),
            Next.of(
                "Nothing fails: mail waits for its turn. The limit is %s."
                    .formatted(narrowest.limit().source()))),
        wait);
  }

  private static String left(Usage usage) {
    Limit limit = usage.limit();
    return "%d of %s in %s"
        .formatted(
            usage.left(), counted(limit.atMost(), unit(limit.counted())), exactly(limit.window()));
  }

  private static String unit(Counted counted) {
    return switch (counted) {
      case MESSAGES -> "message";
      case RECIPIENTS -> "recipient";
    };
  }

  /** A window, such as "24 hours". */
  private static String exactly(Duration window) {
    if (window.toSeconds() % 3600 == 0) {
      return counted(window.toHours(), "hour");
    }
    return window.toSeconds() % 60 == 0
        ? counted(window.toMinutes(), "minute")
        : counted(window.toSeconds(), "second");
  }

  /** About how long, such as "about 3 minutes". */
  static String inWords(Duration delay) {
    if (delay.compareTo(SOON) < 0) {
      return "about " + counted(Math.max(1, delay.toSeconds()), "second");
    }
    if (delay.compareTo(WHILE) < 0) {
      return "about " + counted((delay.toSeconds() + 59) / 60, "minute");
    }
    return delay.compareTo(DAYS) < 0
        ? "about " + counted((delay.toMinutes() + 59) / 60, "hour")
        : "about " + counted((delay.toHours() + 23) / 24, "day");
  }

  private static String counted(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}

package io.leverans.bootstrap.settings;

import static io.leverans.bootstrap.settings.SettingKey.RETRY_FIRST_PAUSE;
import static io.leverans.bootstrap.settings.SettingKey.RETRY_GIVE_UP_AFTER;
import static io.leverans.bootstrap.settings.SettingKey.RETRY_LONGEST_PAUSE;

import io.leverans.application.port.provider.DurationText;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.delivery.RetrySchedule.Flaw;
import io.leverans.domain.delivery.RetrySchedules;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * When mail is tried again: for all kinds of channel, and for one kind alone where the same setting
 * stands under its name.
 */
public record Retries(ProviderSettings set) {
  /** What may stand under the name of each kind. */
  public static final List<SettingKey> OF_EACH_KIND =
      List.of(RETRY_FIRST_PAUSE, RETRY_LONGEST_PAUSE, RETRY_GIVE_UP_AFTER);

  /** No kind's. */
  private static final String ALL = "";

  /**
   * The schedules of these kinds.
   *
   * @throws InvalidSettingException if one of them contradicts itself
   */
  RetrySchedules of(List<ChannelKind> kinds) {
    RetrySchedule usual = schedule(ALL);
    return new RetrySchedules(
        usual,
        kinds.stream()
            .collect(Collectors.toMap(Function.identity(), kind -> schedule(prefix(kind)))));
  }

  /** What holds for a kind, by the setting that it would be set by. */
  SortedMap<String, String> effective(ChannelKind kind) {
    SortedMap<String, String> effective = new TreeMap<>();
    OF_EACH_KIND.forEach(key -> effective.put(prefix(kind) + key.key(), text(prefix(kind), key)));
    return effective;
  }

  /** Whether the provider of a kind has nothing to do with it. */
  static boolean isOne(String keyWithoutKind) {
    return OF_EACH_KIND.stream().anyMatch(key -> key.key().equals(keyWithoutKind));
  }

  private static String prefix(ChannelKind kind) {
    return kind.name() + ".";
  }

  private RetrySchedule schedule(String prefix) {
    Duration first = time(prefix, RETRY_FIRST_PAUSE);
    Duration longest = time(prefix, RETRY_LONGEST_PAUSE);
    Duration giveUpAfter = time(prefix, RETRY_GIVE_UP_AFTER);
    RetrySchedule.flaw(first, longest, giveUpAfter)
        .ifPresent(
            flaw -> {
              throw new InvalidSettingException(blamed(prefix, flaw), flaw.words());
            });
    return new RetrySchedule(first, longest, giveUpAfter);
  }

  private Duration time(String prefix, SettingKey key) {
    Duration ofAll = set.duration(key.key(), DurationText.parse(key.fallback()));
    return set.duration(prefix + key.key(), ofAll);
  }

  private String text(String prefix, SettingKey key) {
    return set.find(prefix + key.key()).or(() -> set.find(key.key())).orElse(key.fallback());
  }

  /** What somebody set; of a contradiction to a default, that is the first pause. */
  private String blamed(String prefix, Flaw flaw) {
    String key =
        prefix
            + switch (flaw.part()) {
              case FIRST -> RETRY_FIRST_PAUSE.key();
              case LONGEST -> RETRY_LONGEST_PAUSE.key();
              case GIVE_UP_AFTER -> RETRY_GIVE_UP_AFTER.key();
            };
    return set.find(key).isPresent() ? key : prefix + RETRY_FIRST_PAUSE.key();
  }
}

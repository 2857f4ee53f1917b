package io.leverans.bootstrap.wiring;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.UnreadableSecretsException;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.channel.OpeningChannels;
import io.leverans.bootstrap.settings.SettingKey;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.channel.WhenInDoubt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The platform's own channels: of a kind that has nothing to fill in there is always one; of
 * another kind, if the operator filled its form in, in the configuration under {@value #PREFIX}.
 */
public final class PlatformChannels {
  static final String PREFIX = "platform.";

  private final Providers providers;
  private final Function<ChannelKind, Map<String, String>> settingsOf;
  private final ChannelKind systemKind;
  private final WhenInDoubt whenInDoubt;

  /**
   * Reads them.
   *
   * @param settingsOf all that is set for a kind, without its name
   * @param systemKind of the channel that the system's own mail goes through
   * @param whenInDoubt what becomes of doubts on all of them
   * @throws InvalidSettingException if one is filled in so that it cannot work, or there is none
   *     for the system's own mail
   */
  public PlatformChannels(
      Providers providers,
      Function<ChannelKind, Map<String, String>> settingsOf,
      ChannelKind systemKind,
      WhenInDoubt whenInDoubt) {
    this.providers = providers;
    this.settingsOf = settingsOf;
    this.systemKind = systemKind;
    this.whenInDoubt = whenInDoubt;
    Set<ChannelKind> kinds = new HashSet<>();
    for (ChannelProvider provider : providers.all()) {
      filledIn(provider).ifPresent(_ -> kinds.add(provider.kind()));
    }
    if (!kinds.contains(systemKind)) {
      throw new InvalidSettingException(
          SettingKey.SYSTEM_MAIL_CHANNEL.key(),
          "the platform has no channel of the kind '%s'; set it up under %s.%s, or name another kind"
              .formatted(systemKind.name(), systemKind.name(), PREFIX));
    }
  }

  /**
   * Keeps each as a row, its secrets sealed.
   *
   * @return the channel that the system's own mail goes through
   */
  ChannelId keep(Channels channels, Ids ids, OpeningChannels opening) {
    Map<ChannelKind, ChannelId> kept = new HashMap<>();
    for (ChannelProvider provider : providers.all()) {
      filledIn(provider)
          .ifPresent(
              complete ->
                  kept.put(provider.kind(), keep(channels, ids, opening, provider, complete)));
    }
    return Optional.ofNullable(kept.get(systemKind)).orElseThrow();
  }

  /** Sealed secrets look different each time, so they are renewed only if they are others. */
  private ChannelId keep(
      Channels channels,
      Ids ids,
      OpeningChannels opening,
      ChannelProvider provider,
      FilledIn.Complete complete) {
    NewChannel wanted = row(new ChannelId(ids.next()), provider, complete, opening);
    Channel kept = channels.keepPlatformChannel(wanted);
    if (!kept.id().equals(wanted.id()) && differs(kept, complete, opening)) {
      var _ = channels.keepPlatformChannel(row(kept.id(), provider, complete, opening));
    }
    return kept.id();
  }

  private boolean differs(Channel kept, FilledIn.Complete complete, OpeningChannels opening) {
    return kept.whenInDoubt() != whenInDoubt
        || !kept.settings().equals(complete.settings())
        || !opened(kept, opening).equals(Optional.of(complete.secrets()));
  }

  private static Optional<Map<String, String>> opened(Channel kept, OpeningChannels opening) {
    try {
      return Optional.of(opening.secretsOf(kept));
    } catch (UnreadableSecretsException _) {
      return Optional.empty();
    }
  }

  private NewChannel row(
      ChannelId id, ChannelProvider provider, FilledIn.Complete complete, OpeningChannels opening) {
    return new NewChannel(
        id,
        provider.kind(),
        provider.description().title(),
        new ChannelOwner.Platform(),
        complete.settings(),
        opening.seal(id, complete.secrets()),
        whenInDoubt);
  }

  /** Each field that holds, by the name of its setting, secrets masked. */
  public SortedMap<String, String> shown() {
    SortedMap<String, String> shown = new TreeMap<>();
    for (ChannelProvider provider : providers.all()) {
      String prefix = provider.kind().name() + "." + PREFIX;
      filledIn(provider)
          .ifPresent(
              complete -> {
                complete
                    .settings()
                    .values()
                    .forEach((key, value) -> shown.put(prefix + key, value));
                complete
                    .secrets()
                    .forEach((key, value) -> shown.put(prefix + key, Settings.masked(value)));
              });
    }
    return shown;
  }

  private Optional<FilledIn.Complete> filledIn(ChannelProvider provider) {
    Map<String, String> fields = fieldsOf(provider.kind());
    boolean isAlwaysThere = provider.form() instanceof ConnectionForm.ComesWithPlatform;
    if (!isAlwaysThere && fields.isEmpty()) {
      return Optional.empty();
    }
    return switch (provider.read(fields)) {
      case FilledIn.Complete complete
          when MailboxChoice.of(complete.settings()) == MailboxChoice.READ ->
          throw new InvalidSettingException(
              provider.kind().name() + "." + PREFIX + MailboxChoice.SETTING,
              "is for the channels of teams and members: mail of all teams goes through the"
                  + " platform's own, and no mailbox tells whose a report is");
      case FilledIn.Complete complete -> Optional.of(complete);
      case FilledIn.NeedsConsent _ ->
          throw new InvalidSettingException(
              provider.kind().name()
                  + "."
                  + PREFIX
                  + fields.keySet().stream().sorted().findFirst().orElse(""),
              "needs somebody's consent on a page of the provider's, which the platform's own"
                  + " channel cannot ask for; sign in with a password or not at all");
      case FilledIn.Faulty(var problems) -> {
        FieldProblem first = problems.getFirst();
        throw new InvalidSettingException(
            provider.kind().name() + "." + PREFIX + first.field(), first.problem());
      }
    };
  }

  private Map<String, String> fieldsOf(ChannelKind kind) {
    Map<String, String> fields = new HashMap<>();
    settingsOf
        .apply(kind)
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX)) {
                fields.put(key.substring(PREFIX.length()), value);
              }
            });
    return fields;
  }
}

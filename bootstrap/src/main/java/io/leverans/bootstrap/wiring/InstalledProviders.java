package io.leverans.bootstrap.wiring;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.PlatformKeys;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.SendingNodes;
import io.leverans.bootstrap.settings.SettingKey;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.domain.channel.ChannelKind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** The providers that the configuration names, out of those on the class path. */
public final class InstalledProviders {
  private final Map<String, ChannelProviderFactory> byName = new TreeMap<>();

  public InstalledProviders() {
    this(ServiceLoader.load(ChannelProviderFactory.class));
  }

  InstalledProviders(Iterable<ChannelProviderFactory> present) {
    present.forEach(factory -> byName.put(factory.kind().name(), factory));
  }

  /**
   * Makes the providers of a deployment.
   *
   * @param settingsOf the settings of each kind, without its name
   * @param nodes with which this one shares connections
   * @throws InvalidSettingException if a kind is not on the class path or one of its settings is
   *     wrong
   */
  public Providers create(
      Settings settings,
      Function<ChannelKind, Map<String, String>> settingsOf,
      SendingNodes nodes) {
    return create(
        settings.channels(),
        settings.platformDomain(),
        settingsOf,
        FilePlatformKeys.of(settings),
        InstantSource.system(),
        nodes);
  }

  /**
   * Makes the providers of the kinds named.
   *
   * @param settingsOf the settings of each kind, without its name
   * @throws InvalidSettingException if a kind is not on the class path or one of its settings is
   *     wrong
   */
  Providers create(
      List<ChannelKind> kinds,
      String platformDomain,
      Function<ChannelKind, Map<String, String>> settingsOf,
      PlatformKeys keys,
      InstantSource clock,
      SendingNodes nodes) {
    List<ChannelProvider> providers = new ArrayList<>();
    for (ChannelKind kind : kinds) {
      Map<String, String> set = withoutPlatformChannel(settingsOf.apply(kind));
      refuseUnknown(factory(kind), set);
      var context =
          new ProviderContext(platformDomain, new ProviderSettings(set), keys, clock, nodes);
      providers.add(create(factory(kind), context));
    }
    return new Providers(providers);
  }

  /** What may be set for a kind. */
  public List<DeploymentSetting> settingsOf(ChannelKind kind) {
    return factory(kind).settings();
  }

  private static Map<String, String> withoutPlatformChannel(Map<String, String> set) {
    Map<String, String> rest = new HashMap<>(set);
    rest.keySet().removeIf(key -> key.startsWith(PlatformChannels.PREFIX));
    return rest;
  }

  private static void refuseUnknown(ChannelProviderFactory factory, Map<String, String> set) {
    List<String> known = factory.settings().stream().map(DeploymentSetting::key).toList();
    set.keySet().stream()
        .filter(key -> !known.contains(key))
        .sorted()
        .findFirst()
        .ifPresent(
            key -> {
              throw new InvalidSettingException(
                  factory.kind().name() + "." + key,
                  "there is no such setting; there are "
                      + String.join(", ", known)
                      + ", the pauses and the give-up time under retry., and the fields of the"
                      + " platform's own channel under "
                      + PlatformChannels.PREFIX);
            });
  }

  private ChannelProviderFactory factory(ChannelKind kind) {
    return Optional.ofNullable(byName.get(kind.name()))
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    SettingKey.CHANNELS.key(),
                    "'%s' is not one of the kinds installed: %s"
                        .formatted(kind.name(), String.join(", ", byName.keySet()))));
  }

  private static ChannelProvider create(ChannelProviderFactory factory, ProviderContext context) {
    try {
      return factory.create(context);
    } catch (InvalidSettingException e) {
      throw new InvalidSettingException(
          factory.kind().name() + "." + e.key(), String.valueOf(e.getMessage()));
    }
  }
}

package io.leverans.bootstrap.command;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.DnsRecord;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.SendingNodes;
import io.leverans.application.port.provider.SetupStep;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.bootstrap.wiring.InstalledProviders;
import io.leverans.bootstrap.wiring.PlatformChannels;
import io.leverans.domain.channel.ChannelKind;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the configuration without starting anything. */
@Command(
    name = "check-config",
    description = {
      "Check the configuration, and print the settings that hold.",
      "In live mode it also prints what has to be published in DNS, and makes the platform's keys"
          + " if there are none yet."
    },
    mixinStandardHelpOptions = true)
public final class CheckConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigurationOptions configuration;

  @Override
  public Integer call() {
    Settings settings = configuration.settings();
    PrintWriter out = spec.commandLine().getOut();
    settings.effective().forEach((key, value) -> out.printf("%s = %s%n", key, value));
    var installed = new InstalledProviders();
    Providers providers = installed.create(settings, settings::ofKind, SendingNodes.ALONE);
    providers.all().forEach(provider -> print(provider.kind(), settings, installed, out));
    switch (settings.mode()) {
      case SANDBOX -> {
        out.println();
        out.println("In the sandbox nothing has to be published in DNS.");
      }
      case LIVE -> {
        new PlatformChannels(
                providers, settings::ofKind, settings.systemMailChannel(), settings.whenInDoubt())
            .shown()
            .forEach((key, value) -> out.printf("%s = %s%n", key, value));
        providers
            .all()
            .forEach(provider -> provider.setup().forEach(step -> print(step, provider, out)));
      }
    }
    providers.all().forEach(ChannelProvider::close);
    out.println();
    out.println("The configuration is fine.");
    return CommandLine.ExitCode.OK;
  }

  private static void print(
      ChannelKind kind, Settings settings, InstalledProviders installed, PrintWriter out) {
    settings.retriesOf(kind).forEach((key, value) -> out.printf("%s = %s%n", key, value));
    Map<String, String> set = settings.ofKind(kind);
    for (DeploymentSetting setting : installed.settingsOf(kind)) {
      String value = set.getOrDefault(setting.key(), setting.fallback());
      out.printf("%s.%s = %s%n", kind.name(), setting.key(), shown(value, setting));
    }
  }

  private static String shown(String value, DeploymentSetting setting) {
    return switch (setting.visibility()) {
      case OPEN -> value;
      case SECRET -> Settings.masked(value);
    };
  }

  private static void print(SetupStep step, ChannelProvider provider, PrintWriter out) {
    out.println();
    out.printf("[%s] %s%n", provider.kind().name(), step.title());
    out.println("  " + step.why());
    for (DnsRecord record : step.records()) {
      out.printf("    %s. %s %s%n", record.name(), record.type(), text(record));
    }
  }

  /** A zone file wants text in quotes, in pieces of at most 255 octets (RFC 1035 §3.3). */
  private static String text(DnsRecord record) {
    return record.type() == DnsRecord.Type.TXT
        ? '"' + record.value().replaceAll("(.{255})(?=.)", "$1\" \"") + '"'
        : record.value();
  }
}

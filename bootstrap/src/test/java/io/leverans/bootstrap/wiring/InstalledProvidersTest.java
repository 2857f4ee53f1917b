package io.leverans.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.application.port.provider.SendingNodes;
import io.leverans.domain.channel.ChannelKind;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstalledProvidersTest {
  @Test
  void a_kind_that_is_not_installed_stops_the_start_and_lists_those_that_are() {
    var installed = new InstalledProviders(List.of(new Pigeon(), new Telegraph()));

    assertThatThrownBy(() -> create(installed, "smoke"))
        .hasMessage("'smoke' is not one of the kinds installed: pigeon, telegraph")
        .asInstanceOf(type(InvalidSettingException.class))
        .extracting(InvalidSettingException::key)
        .isEqualTo("channels");
  }

  @Test
  void a_bad_setting_of_a_kind_is_told_with_the_name_of_the_kind() {
    var installed = new InstalledProviders(List.of(new Pigeon()));

    assertThatThrownBy(() -> create(installed, "pigeon"))
        .asInstanceOf(type(InvalidSettingException.class))
        .extracting(InvalidSettingException::key)
        .isEqualTo("pigeon.loft");
  }

  @Test
  void a_setting_that_a_kind_does_not_have_stops_the_start_and_lists_those_it_has() {
    var installed = new InstalledProviders(List.of(new Pigeon()));

    assertThatThrownBy(() -> create(installed, "pigeon", Map.of("loaf", "roof")))
        .hasMessageContaining("there is no such setting; there are loft")
        .asInstanceOf(type(InvalidSettingException.class))
        .extracting(InvalidSettingException::key)
        .isEqualTo("pigeon.loaf");
  }

  private static void create(InstalledProviders installed, String kind) {
    create(installed, kind, Map.of());
  }

  private static void create(
      InstalledProviders installed, String kind, Map<String, String> settings) {
    var _ =
        installed.create(
            List.of(new ChannelKind(kind)),
            "leverans.test",
            _ -> settings,
            (_, maker) -> maker.get(),
            InstantSource.system(),
            SendingNodes.ALONE);
  }

  private static final class Pigeon implements ChannelProviderFactory {
    @Override
    public ChannelKind kind() {
      return new ChannelKind("pigeon");
    }

    @Override
    public List<DeploymentSetting> settings() {
      return List.of(DeploymentSetting.open("loft", "", "where it lives"));
    }

    @Override
    public ChannelProvider create(ProviderContext context) {
      throw new InvalidSettingException("loft", context.settings().require("loft"));
    }
  }

  private static final class Telegraph implements ChannelProviderFactory {
    @Override
    public ChannelKind kind() {
      return new ChannelKind("telegraph");
    }

    @Override
    public List<DeploymentSetting> settings() {
      return List.of();
    }

    @Override
    public ChannelProvider create(ProviderContext context) {
      throw new AssertionError("nobody asked for it");
    }
  }
}

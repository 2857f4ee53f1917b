package io.leverans.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {
  @Test
  void settings_never_show_their_values() {
    var settings = new ChannelSettings(Map.of("password", "hunter2"));
    var open = new OpenChannel(new ChannelId(new UUID(0, 1)), new ChannelKind("a"), settings);
    assertThat(open.toString()).contains("password").doesNotContain("hunter2");
  }

  @Test
  void a_channel_shows_neither_the_values_of_its_settings_nor_its_secrets() {
    var channel =
        new Channel(
            new ChannelId(new UUID(0, 1)),
            new ChannelKind("a"),
            new ChannelOwner.Platform(),
            new ChannelSettings(Map.of("user", "hunter")),
            SealedSecrets.of(new byte[] {1, 2, 3}),
            new ChannelHealth.Connected(),
            Instant.EPOCH,
            ChannelPreferences.ofNew("Exchange"));
    assertThat(channel.toString()).doesNotContain("hunter").doesNotContain("AQID");
  }

  @Test
  void sealed_secrets_are_the_same_bytes_again() {
    assertThat(SealedSecrets.of(new byte[] {1, 2, 3}).bytes()).containsExactly(1, 2, 3);
    assertThat(SealedSecrets.of(new byte[0])).isEqualTo(SealedSecrets.NONE);
    assertThatIllegalArgumentException().isThrownBy(() -> new SealedSecrets("hunter2!"));
  }

  @Test
  void settings_do_not_change_with_the_map_they_came_from() {
    var values = new HashMap<>(Map.of("host", "mail.example.com"));
    var settings = new ChannelSettings(values);
    values.clear();
    assertThat(settings.find("host")).contains("mail.example.com");
    assertThat(settings.find("port")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "own-servers", "x2", "a2345678901234567890123456789012"})
  void a_kind_has_a_plain_name(String name) {
    assertThat(new ChannelKind(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "2x",
        "-a",
        "a b",
        "a/b",
        "ä",
        "a\n",
        "a23456789012345678901234567890123"
      })
  void any_other_name_is_refused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ChannelKind(name));
  }

  @Test
  void a_lane_has_a_name() {
    assertThat(new Lane("x".repeat(600)).name()).hasSize(600);
    assertThatIllegalArgumentException().isThrownBy(() -> new Lane(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> new Lane("x".repeat(601)));
  }
}

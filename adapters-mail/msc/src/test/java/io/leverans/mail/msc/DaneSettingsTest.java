package io.leverans.mail.msc;

import static io.leverans.mail.msc.DaneWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.mail.conversation.SignedDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How certificates out of DNS are switched on, and what the start refuses. */
class DaneSettingsTest {
  @TempDir private Path folder;
  private DaneWorld world;
  private SignedDns dns;

  @BeforeEach
  void open() {
    world = new DaneWorld(folder);
    dns = world.dns();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "off"})
  void nothing_is_asked_for_unless_it_is_switched_on(String setting) {
    world.publish("mail.test", DaneWorld.NOBODYS);
    AttemptReport report = world.attempt("anna@bank.example", "dane", setting);
    assertThat(accepted(report)).isTrue();
    assertThat(dns.questions())
        .noneMatch(question -> question.endsWith("TLSA"))
        .noneMatch(question -> question.endsWith("DNSKEY"))
        .noneMatch(question -> question.endsWith("DS"));
  }

  @Test
  void it_cannot_be_kept_through_a_smart_host() {
    assertRefused("dane", "dane", "on", "smart-host", "127.0.0.1");
  }

  @Test
  void what_is_no_file_of_trust_anchors_stops_the_start() throws IOException {
    assertRefused("dane-trust-anchors", "dane", "on", "dane-trust-anchors", "/nowhere/anchors");
    assertRefused("dane-trust-anchors", "dane", "on", "dane-trust-anchors", "a\0b");
    String elsewhere =
        Files.writeString(folder.resolve("corp.zone"), "corp. IN DS 1 13 2 " + "ab".repeat(32))
            .toString();
    assertRefused("dane-trust-anchors", "dane", "on", "dane-trust-anchors", elsewhere);
    assertThatThrownBy(
            () -> new TestWorld().provider("dane", "on", "dane-trust-anchors", elsewhere))
        .hasMessageContaining("it holds no key of the root zone")
        .hasMessageContaining("or switch msc.dane off");
  }

  @Test
  void without_a_file_the_keys_of_the_root_zone_count() {
    assertThat(world.failure("anna@bank.example", "dane-trust-anchors", "").words())
        .contains("the answer is not validly signed (DNSSEC)");
  }

  private void assertRefused(String key, String... settings) {
    assertThatThrownBy(() -> new TestWorld().provider(settings))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo(key));
  }
}

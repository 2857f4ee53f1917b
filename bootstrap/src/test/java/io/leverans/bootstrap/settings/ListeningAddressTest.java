package io.leverans.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leverans.application.port.provider.InvalidSettingException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListeningAddressTest {
  private static final String LOOPBACK = "127.0.0.1";

  @Test
  void a_free_port_of_this_machine_can_be_listened_on() {
    assertThatCode(() -> new ListeningAddress(LOOPBACK, 0).check()).doesNotThrowAnyException();
  }

  @Test
  void a_port_that_is_taken_is_named() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InvalidSettingException invalid = refusal(LOOPBACK, taken.getLocalPort());

      assertThat(invalid.key()).isEqualTo("http.port");
      assertThat(invalid).hasMessageContaining("port " + taken.getLocalPort());
    }
  }

  @Test
  void a_host_that_is_not_known_is_named() {
    InvalidSettingException invalid = refusal("nonsense.invalid", 0);

    assertThat(invalid.key()).isEqualTo("http.host");
    assertThat(invalid).hasMessageContaining("'nonsense.invalid'");
  }

  @Test
  void an_address_of_another_machine_is_named() {
    InvalidSettingException invalid = refusal("192.0.2.1", 0);

    assertThat(invalid.key()).isEqualTo("http.host");
    assertThat(invalid).hasMessageContaining("not an address of this machine");
  }

  private static InvalidSettingException refusal(String host, int port) {
    return catchThrowableOfType(
        InvalidSettingException.class, () -> new ListeningAddress(host, port).check());
  }
}

package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.CONTENT;
import static io.leverans.mail.conversation.Correspondence.accepted;
import static io.leverans.mail.conversation.Correspondence.outcomeIn;
import static io.leverans.mail.conversation.Correspondence.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ServerNamesTest {
  @Test
  void a_server_whose_address_is_known_is_not_looked_up_by_name() {
    try (var with = new Correspondence()) {
      Exchange exchange =
          with.connections()
              .exchange(
                  with.address("mx.known.invalid"),
                  transaction(CONTENT, "a"),
                  with.go(),
                  with.transcript());
      assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    }
    assertThat(WatchedNames.asked()).doesNotContain("mx.known.invalid");
  }

  @Test
  void who_is_looked_up_is_noticed() {
    assertThatThrownBy(() -> InetAddress.getAllByName("mx.asked.invalid"))
        .isInstanceOf(UnknownHostException.class);
    assertThat(WatchedNames.asked()).contains("mx.asked.invalid");
  }
}

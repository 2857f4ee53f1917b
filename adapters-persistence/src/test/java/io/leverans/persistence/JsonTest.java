package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.NextHop;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void what_a_later_version_added_is_passed_over() {
    assertThat(
            Json.nextHop(
                """
                {"host": "mx.test", "address": "192.0.2.7:25", "protocol": "TLSv1.3",
                 "later": {"any": 1}}\
                """))
        .isEqualTo(
            new NextHop(
                "mx.test",
                "192.0.2.7:25",
                new NextHop.Security.Encrypted("TLSv1.3", Optional.empty())));
  }
}

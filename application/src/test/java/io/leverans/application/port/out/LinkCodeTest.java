package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.domain.team.TeamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkCodeTest {
  private static final LinkCode CODE =
      new LinkCode(new TeamId(17), "abcdefghijklmnopqrstuvwxyz234567");

  @Test
  void is_read_back_from_its_text() {
    assertThat(LinkCode.parse(CODE.text())).isEqualTo(CODE);
  }

  @Test
  void does_not_tell_its_secret_in_a_log() {
    assertThat(CODE.toString()).contains("17").doesNotContain("abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "17",
        "17-",
        "17-short",
        "-abcdefghijklmnopqrstuvwxyz234567",
        "0-abcdefghijklmnopqrstuvwxyz234567",
        "-1-abcdefghijklmnopqrstuvwxyz234567",
        "9999999999999-abcdefghijklmnopqrstuvwxyz234567",
        "99999999999999999999-abcdefghijklmnopqrstuvwxyz234567",
        "17-ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
        "17-abcdefghijklmnopqrstuvwxyz234567\n",
        "17-abcdefghijklmnopqrstuvwxyz23456/"
      })
  void refuses_every_other_text(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> LinkCode.parse(text));
  }
}

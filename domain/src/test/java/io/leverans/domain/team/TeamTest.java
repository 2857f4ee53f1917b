package io.leverans.domain.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 17, 0xFF_FFFF_FFFFL})
  void a_number_fits_five_bytes(long value) {
    assertThat(new TeamId(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, 0x100_0000_0000L, Long.MAX_VALUE})
  void any_other_number_is_refused(long value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new TeamId(value));
  }

  @Test
  void teams_and_members_have_names() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Team(new TeamId(1), " "));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Member(new TeamId(1), new MemberId(new UUID(0, 1)), "", Member.Role.MEMBER));
  }
}

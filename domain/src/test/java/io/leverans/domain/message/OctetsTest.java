package io.leverans.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OctetsTest {
  @Test
  void can_be_read_again_and_again() throws IOException {
    Octets octets = Octets.of(new byte[] {1, 2, 3});
    assertThat(octets.toArray()).containsExactly(1, 2, 3);
    assertThat(octets.toArray()).containsExactly(1, 2, 3);
    assertThat(octets.size()).isEqualTo(3);
  }

  @Test
  void do_not_change_with_the_array_they_came_from_nor_with_the_one_they_give() throws IOException {
    byte[] bytes = {1, 2};
    Octets octets = Octets.of(bytes);
    bytes[0] = 9;
    octets.toArray()[1] = 9;
    assertThat(octets.toArray()).containsExactly(1, 2);
  }

  @Test
  void follow_one_another() throws IOException {
    Octets both = Octets.of(new byte[] {1}).followedBy(Octets.of(new byte[] {2, 3}));
    assertThat(both.size()).isEqualTo(3);
    assertThat(both.toArray()).containsExactly(1, 2, 3);
    assertThat(both.toArray()).containsExactly(1, 2, 3);
  }
}

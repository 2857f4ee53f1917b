package io.leverans.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.application.port.out.UnsubscribeCodes.Holders;
import io.leverans.application.port.out.UnsubscribeCodes.Named;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignedUnsubscribeCodesTest {
  private static final Named MESSAGE =
      new Named(new TeamId(0x12_3456_789aL), new MessageId(UUID.randomUUID()), Holders.ONE);

  private final SignedUnsubscribeCodes codes =
      new SignedUnsubscribeCodes(SignedUnsubscribeCodes.newKey());

  @ParameterizedTest
  @EnumSource
  void a_code_names_the_message_that_it_was_made_for_and_who_has_it(Holders holders) {
    var named = new Named(MESSAGE.team(), MESSAGE.message(), holders);

    assertThat(codes.codeOf(named)).matches("[A-Za-z0-9_-]{48}");
    assertThat(codes.read(codes.codeOf(named))).contains(named);
  }

  @Test
  void a_code_with_any_character_changed_is_none() {
    String code = codes.codeOf(MESSAGE);
    for (int i = 0; i < code.length(); i++) {
      char other = code.charAt(i) == 'A' ? 'B' : 'A';
      assertThat(codes.read(code.substring(0, i) + other + code.substring(i + 1))).isEmpty();
    }
  }

  @Test
  void what_has_not_the_shape_is_none() {
    String code = codes.codeOf(MESSAGE);

    assertThat(codes.read("")).isEmpty();
    assertThat(codes.read(code.substring(1))).isEmpty();
    assertThat(codes.read(code + "A")).isEmpty();
    assertThat(codes.read("ü".repeat(48))).isEmpty();
  }

  @Test
  void another_platforms_code_is_none() {
    var others = new SignedUnsubscribeCodes(SignedUnsubscribeCodes.newKey());

    assertThat(codes.read(others.codeOf(MESSAGE))).isEmpty();
  }

  @Test
  void a_short_key_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SignedUnsubscribeCodes(new byte[31]));
  }
}

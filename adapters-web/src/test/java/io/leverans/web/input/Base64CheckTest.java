package io.leverans.web.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Base64CheckTest {
  private static final int LONGEST = 9;

  private static List<String> allOf(String characters) {
    List<String> texts = new ArrayList<>(List.of(""));
    for (int i = 0; texts.get(i).length() < LONGEST; i++) {
      for (int j = 0; j < characters.length(); j++) {
        texts.add(texts.get(i) + characters.charAt(j));
      }
    }
    return texts;
  }

  private static Optional<Long> decoded(String text) {
    try {
      return Optional.of((long) Base64.getDecoder().decode(text).length);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<Long> checked(String text) throws IOException {
    try {
      return Optional.of(Base64Check.octetsIn(new StringReader(text)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Test
  void it_takes_what_the_decoder_takes_and_knows_its_length() throws IOException {
    for (String text : allOf("A=!")) {
      assertThat(checked(text)).as(text).isEqualTo(decoded(text));
    }
  }

  @ParameterizedTest
  @CsvSource({"AA AA,3,U+0020", "AA😀A,3,U+1F600", "=é,2,U+00E9"})
  void a_stranger_is_named_with_its_place(String text, int place, String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Base64Check.octetsIn(new StringReader(text)))
        .withMessage("character %d is %s, which Base64 does not have", place, name);
  }
}

package io.leverans.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {
  private static final EmailAddress ANNA = EmailAddress.parse("anna@example.com");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Anna Berg <anna@example.com>            | Anna Berg
          Anna Berg<anna@example.com>             | Anna Berg
          "Berg, Anna" <anna@example.com>         | Berg, Anna
          "Anna \\"the\\" Berg" <anna@example.com>  | Anna "the" Berg
          "back\\\\slash" <anna@example.com>        | back\\slash
          Anna "the" Berg <anna@example.com>      | Anna "the" Berg
          Åsa Öberg <anna@example.com>            | Åsa Öberg
          アンナ <anna@example.com>                 | アンナ
          x < y <anna@example.com>                | x < y
          Anna (work) <anna@example.com>          | Anna (work)
          "  padded  " <anna@example.com>         | padded
          """)
  void reads_a_name_and_an_address(String text, String name) {
    assertThat(Mailbox.parse(text)).isEqualTo(new Mailbox(Optional.of(name), ANNA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@example.com",
        "  anna@example.com  ",
        "<anna@example.com>",
        "\"\" <anna@example.com>",
        "\" \" <anna@example.com>"
      })
  void reads_an_address_without_a_name(String text) {
    assertThat(Mailbox.parse(text)).isEqualTo(Mailbox.of(ANNA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Anna",
        "Anna anna@example.com",
        "Anna <anna@example.com",
        "Anna <anna@example.com> Berg",
        "Anna <>",
        "Anna < anna@example.com >",
        "Anna >anna@example.com<",
        "Anna <anna@example.com>, Bo <bo@example.com>x",
        "anna@example.com, bo@example.com",
        "Anna\r\nBcc: bo@example.com <anna@example.com>",
        "Anna\n<anna@example.com>x",
        "An\nna <anna@example.com>",
        "An\0na <anna@example.com>",
        "An\u007fna <anna@example.com>",
        "An\u0085na <anna@example.com>",
        "An\u009bna <anna@example.com>",
      })
  void refuses_everything_else(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Mailbox.parse(text));
  }

  @Test
  void a_name_has_at_most_two_hundred_characters() {
    assertThat(Mailbox.parse("x".repeat(200) + " <anna@example.com>").name()).isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mailbox.parse("x".repeat(201) + " <anna@example.com>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "<", ">", "\"", "\\", "\\\"", " ", "<a@b.se>", "@", "a."})
  void answers_at_once_however_long_the_input(String part) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          String text = part.repeat(300_000 / part.length());
          assertThatThrownBy(() -> Mailbox.parse(text))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> Mailbox.parse("\"x" + text + "x\" <anna@example.com>"))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"Anna\"", "\"", "\"\"", "\"a\\\"", "a\\\"", "\\", "<a@b.se>", "a <b"})
  void a_name_with_quotes_and_brackets_of_its_own_is_read_back(String name) {
    var mailbox = new Mailbox(Optional.of(name), ANNA);
    assertThat(Mailbox.parse(mailbox.toString())).isEqualTo(mailbox);
  }

  @Property
  void is_read_back_from_its_text(@ForAll("names") String name) {
    var mailbox = new Mailbox(Optional.of(name), ANNA);
    assertThat(Mailbox.parse(mailbox.toString())).isEqualTo(mailbox);
  }

  @Property
  void no_name_that_is_taken_holds_a_control_character(@ForAll("lines") String text) {
    try {
      Mailbox mailbox = Mailbox.parse(text + " <anna@example.com>");
      assertThat(mailbox.toString()).doesNotContainPattern("\\p{Cntrl}|[\\x80-\\x9f]");
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("name");
    }
  }

  @Provide
  static Arbitrary<String> names() {
    return Arbitraries.strings().withChars("aÅ用 \"\\<>@,;:()").ofMaxLength(12);
  }

  @Provide
  static Arbitrary<String> lines() {
    return Arbitraries.strings().withChars("a \"\\").withCharRange('\0', '\u00a0').ofMaxLength(12);
  }
}

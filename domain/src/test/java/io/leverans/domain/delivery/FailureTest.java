package io.leverans.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
  @Test
  void keeps_the_words_of_the_other_side_as_they_were() {
    String reply = "550-5.1.1 no such user\r\n550 5.1.1\tsee https://example.com/?a=1";
    assertThat(Failure.of(Cause.MAILBOX_UNKNOWN, reply).words()).isEqualTo(reply);
  }

  @Test
  void cuts_words_that_run_on_to_two_thousand_characters() {
    assertThat(Failure.of(Cause.UNDETERMINED, "x".repeat(1_000_000)).words())
        .isEqualTo("x".repeat(2000));
  }

  @Test
  void never_cuts_a_character_in_two() {
    String words = Failure.of(Cause.UNDETERMINED, "x" + "😀".repeat(2000)).words();
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(words)).isTrue();
    assertThat(words).hasSizeLessThanOrEqualTo(2000);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          MAILBOX_UNKNOWN,   5.1.1, SUPPRESSES
          MAILBOX_UNKNOWN,   ,      SUPPRESSES
          MARKED_AS_SPAM,    ,      SUPPRESSES
          MAILBOX_UNKNOWN,   4.1.1, LEAVES_ALONE
          DOMAIN_UNKNOWN,    4.4.4, LEAVES_ALONE
          MAILBOX_FULL,      5.2.2, LEAVES_ALONE
          DELIVERY_EXPIRED,  4.4.7, LEAVES_ALONE
          """)
  void what_holds_for_now_closes_no_address_even_where_it_was_given_up(
      Cause cause, String status, Suppression suppression) {
    var failure = new Failure(cause, "words", Optional.ofNullable(status), Optional.empty());
    assertThat(failure.suppression()).isEqualTo(suppression);
  }
}

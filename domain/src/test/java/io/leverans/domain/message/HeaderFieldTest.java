package io.leverans.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFieldTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"X-Campaign", "List-Unsubscribe", "x", "Disposition-Notification-To", "X!#$%&'*"})
  void takes_headers_that_are_the_applications_own(String name) {
    assertThat(new HeaderField(name, "value").name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From",
        "SENDER",
        "to",
        "Cc",
        "Bcc",
        "Subject",
        "Date",
        "Message-ID",
        "In-Reply-To",
        "References",
        "Reply-To",
        "MIME-Version",
        "Return-Path",
        "Received",
        "DKIM-Signature",
        "Auto-Submitted",
        "Content-Type",
        "content-transfer-encoding",
        "Resent-From",
        "ARC-Seal",
        "Leverans-Delivery",
        "Delivered-To",
        "Errors-To"
      })
  void refuses_those_that_leverans_writes(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeaderField(name, "value"))
        .withMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "X Y", "X:", "X:Y", "X\r\nBcc", "X\n", "X\t", "Ämne", "X\0", "X\u007f"})
  void refuses_a_name_that_is_not_one_printable_word(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new HeaderField(name, "value"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nBcc: bo@example.com",
        "a\nb",
        "a\rb",
        "\n",
        "a\r\n b",
        "a\0b",
        "a\u007fb",
        "a\u0085b",
        "a\u009b"
      })
  void refuses_a_value_that_could_begin_another_line(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new HeaderField("X-Campaign", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "a\tb", "räksmörgås", "😀", "<https://example.com/u?a=1>"})
  void takes_any_other_text_as_a_value(String value) {
    assertThat(new HeaderField("X-Campaign", value).value()).isEqualTo(value);
  }

  @Test
  void is_bounded_in_length() {
    assertThat(new HeaderField("x".repeat(76), "y".repeat(2000)).value()).hasSize(2000);
    assertThatIllegalArgumentException().isThrownBy(() -> new HeaderField("x".repeat(77), ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeaderField("X-Campaign", "y".repeat(2001)));
  }

  @Property
  void whatever_is_taken_stays_on_its_line(@ForAll String name, @ForAll String value) {
    try {
      var field = new HeaderField(name, value);
      assertThat(field.name() + field.value()).doesNotContainPattern("[\\r\\n\\x00\\x7f-\\x9f]");
      assertThat(field.name()).isNotEmpty().doesNotContain(":", " ");
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("header");
    }
  }
}

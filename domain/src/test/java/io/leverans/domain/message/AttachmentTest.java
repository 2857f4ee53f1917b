package io.leverans.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"offer.pdf", "offert 2026 – åäö.pdf", "契約.pdf", "a;b=\"c\".txt", ".profile"})
  void takes_filenames_of_any_language(String filename) {
    assertThat(attachment(filename, "application/pdf", Optional.empty()).filename())
        .isEqualTo(filename);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a/b",
        "..\\b",
        "a\r\nX: y",
        "a\nb",
        "a\0b",
        "a\u007fb",
        "a\u0085b",
        "a\tb"
      })
  void refuses_filenames_that_lead_elsewhere(String filename) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> attachment(filename, "application/pdf", Optional.empty()));
  }

  @Test
  void a_filename_has_at_most_255_characters() {
    assertThat(attachment("x".repeat(255), "a/b", Optional.empty()).filename()).hasSize(255);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> attachment("x".repeat(256), "a/b", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "image",
        "image/",
        "/png",
        "image/png; name=x",
        "image/png\r\nX: y",
        "imäge/png",
        "a/b/c"
      })
  void refuses_what_is_no_bare_media_type(String contentType) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> attachment("a", contentType, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"logo", "logo.1@example.com", "a-b_c"})
  void takes_the_content_ids_that_html_refers_to(String contentId) {
    assertThat(attachment("a", "image/png", Optional.of(contentId)).contentId())
        .contains(contentId);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<logo>", "a b", "a\r\nX: y", "a\0", "a\u0085", "lögo", "a\u2028b"})
  void refuses_content_ids_that_would_not_stand_in_a_header(String contentId) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> attachment("a", "image/png", Optional.of(contentId)));
  }

  private static Attachment attachment(
      String filename, String contentType, Optional<String> contentId) {
    return new Attachment(filename, contentType, Octets.of(new byte[] {1}), contentId);
  }
}

package io.leverans.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {
  private static final HeaderField HEADER = new HeaderField("X-Campaign", "spring");
  private static final Attachment FILE =
      new Attachment("a", "text/plain", Octets.of(new byte[0]), Optional.empty());

  @ParameterizedTest
  @ValueSource(
      strings = {"Hi\r\nBcc: bo@example.com", "Hi\nthere", "Hi\r", "\0", "Hi\u007f", "Hi\u0085you"})
  void refuses_a_subject_that_could_begin_another_line(String subject) {
    assertThatIllegalArgumentException().isThrownBy(() -> Content.plain(subject, "text"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Hi", "Räksmörgås 😀", "=?utf-8?q?not_decoded?="})
  void takes_any_other_subject(String subject) {
    assertThat(Content.plain(subject, "text").subject()).isEqualTo(subject);
  }

  @Test
  void a_subject_has_at_most_998_characters() {
    assertThat(Content.plain("x".repeat(998), "").subject()).hasSize(998);
    assertThatIllegalArgumentException().isThrownBy(() -> Content.plain("x".repeat(999), ""));
  }

  @Test
  void says_something_in_text_or_in_html() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> content(Optional.empty(), Optional.empty(), List.of(), List.of()));
    assertThat(content(Optional.empty(), Optional.of("<p>"), List.of(), List.of()).html())
        .contains("<p>");
  }

  @Test
  void has_at_most_fifty_headers_of_its_authors_two_of_ours_and_a_hundred_attachments() {
    var text = Optional.of("text");
    assertThat(
            content(
                    text,
                    Optional.empty(),
                    Collections.nCopies(52, HEADER),
                    Collections.nCopies(100, FILE))
                .attachments())
        .hasSize(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> content(text, text, Collections.nCopies(53, HEADER), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> content(text, text, List.of(), Collections.nCopies(101, FILE)));
  }

  @Test
  void does_not_change_with_the_lists_it_was_made_from() {
    var headers = new ArrayList<>(List.of(HEADER));
    var attachments = new ArrayList<>(List.of(FILE));
    Content content = content(Optional.of("text"), Optional.empty(), headers, attachments);
    headers.clear();
    attachments.clear();
    assertThat(content.headers()).containsExactly(HEADER);
    assertThat(content.attachments()).containsExactly(FILE);
  }

  private static Content content(
      Optional<String> text,
      Optional<String> html,
      List<HeaderField> headers,
      List<Attachment> attachments) {
    return new Content("Hi", text, html, headers, attachments, Optional.empty(), Optional.empty());
  }
}

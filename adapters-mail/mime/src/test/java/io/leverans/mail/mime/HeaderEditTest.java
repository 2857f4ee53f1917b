package io.leverans.mail.mime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HeaderEditTest {
  private static final String MAIL =
      """
      DKIM-Signature: v=1; a=rsa-sha256;
       b=abc
      \tdef=
      Date: Tue, 24 Nov 2026 12:00:00 +0000
      From: Old <old@example.org>
      dkim-signature : v=1; b=second
      Subject: DKIM-Signature: in a
       DKIM-Signature: folded line

      DKIM-Signature: in the body
      From: in the body
      .
      """
          .replace("\n", "\r\n");

  @Test
  void a_field_goes_with_all_its_lines_and_nothing_else_changes() throws IOException {
    assertThat(text(edit(MAIL).without("DKIM-Signature").toOctets()))
        .isEqualTo(
            """
            Date: Tue, 24 Nov 2026 12:00:00 +0000
            From: Old <old@example.org>
            Subject: DKIM-Signature: in a
             DKIM-Signature: folded line

            DKIM-Signature: in the body
            From: in the body
            .
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void the_author_is_written_as_composing_writes_it() throws IOException {
    Octets changed = edit(MAIL).from(Mailbox.parse("Åsa Öberg <asa@bücher.example>")).toOctets();
    assertThat(text(changed))
        .contains("\r\nFrom: =?UTF-8?")
        .contains("<asa@xn--bcher-kva.example>\r\ndkim-signature")
        .contains("\r\n\r\nDKIM-Signature: in the body\r\nFrom: in the body\r\n")
        .doesNotContain("old@example.org");
  }

  @Test
  void answers_go_there_unless_the_message_says_where() throws IOException {
    HeaderEdit edit = edit(MAIL).repliesToUnlessSaid(Mailbox.parse("Åsa <asa@bücher.example>"));
    assertThat(text(edit.toOctets()))
        .containsOnlyOnce("Reply-To: ")
        .contains("<old@example.org>\r\nReply-To: =?UTF-8?")
        .contains("<asa@xn--bcher-kva.example>\r\ndkim-signature");
    assertThat(text(edit.repliesToUnlessSaid(Mailbox.parse("else@example.org")).toOctets()))
        .isEqualTo(text(edit.toOctets()));
  }

  @Test
  void only_those_who_pass_are_named_and_as_they_were() throws IOException {
    String mail =
        """
        to: Bo <bo@example.org>, "Ek, \\"E\\"" <ek@xn--bcher-kva.example>, =?UTF-8?B?w4VzYQ==?=
         <asa@example.org>, "\u00f6@example.org" :;
        Cc: eva@example.org,
          max@example.org
        Cc: bo@example.org
        Subject: To: bo@example.org

        To: bo@example.org
        """
            .replace("\n", "\r\n")
            .replace("\"\u00f6@example.org\"", "=?UTF-8?Q?=C3=B6=40example.org?=");
    assertThat(text(edit(mail).namingOnly(one -> !one.equals("bo@example.org")).toOctets()))
        .isEqualTo(
            mail.replace("to: Bo <bo@example.org>, ", "To: ")
                .replace("Cc: bo@example.org\r\n", ""));
    assertThat(text(edit(mail).namingOnly(_ -> true).toOctets())).isEqualTo(mail);
    assertThat(text(edit(mail).namingOnly("max@example.org"::equals).toOctets()))
        .startsWith("To: =?UTF-8?Q?=C3=B6=40example.org?= :;\r\nCc: max@example.org\r\nSubject");
  }

  @Test
  void nothing_to_change_changes_nothing() throws IOException {
    Octets changed = edit(MAIL).without("List-Unsubscribe").toOctets();
    assertThat(text(changed)).isEqualTo(MAIL);
    assertThat(changed.size()).isEqualTo(MAIL.length());
    assertThat(text(changed)).as("a second reading").isEqualTo(MAIL);
  }

  @Test
  void a_message_may_end_with_its_header() throws IOException {
    assertThat(text(edit("From: a@example.org\r\n").without("To").toOctets()))
        .isEqualTo("From: a@example.org\r\n");
    assertThat(text(edit("\r\nFrom: body\r\n").without("From").toOctets()))
        .isEqualTo("\r\nFrom: body\r\n");
  }

  @Test
  void an_author_is_not_added_where_none_was() {
    assertThatThrownBy(() -> edit("To: a@example.org\r\n\r\n").from(Mailbox.parse("b@example.org")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static HeaderEdit edit(String mail) {
    return new HeaderEdit(Octets.of(mail.getBytes(US_ASCII)));
  }

  private static String text(Octets octets) throws IOException {
    return new String(octets.toArray(), US_ASCII);
  }
}

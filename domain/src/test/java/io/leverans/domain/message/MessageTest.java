package io.leverans.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
  @Test
  void goes_to_someone() {
    assertThatIllegalArgumentException().isThrownBy(() -> message(List.of(), Map.of()));
  }

  @Test
  void goes_to_a_hundred_at_most() {
    assertThat(message(people(100), Map.of()).recipients()).hasSize(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message(people(101), Map.of()))
        .withMessageContaining("100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bo@example.com", "BO@example.com", "Bo <bo@EXAMPLE.com>"})
  void goes_to_no_mailbox_twice(String again) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Message.requireRecipients(
                    List.of(
                        to(Recipient.Role.TO, "bo@example.com"), to(Recipient.Role.BCC, again))))
        .withMessageContaining("more than once");
  }

  @Test
  void mailboxes_of_other_names_or_domains_are_others() {
    assertThatCode(
            () ->
                Message.requireRecipients(
                    Stream.of(
                            "bo@example.com", "bo@example.org", "b.o@example.com", "bö@example.com")
                        .map(address -> to(Recipient.Role.TO, address))
                        .toList()))
        .doesNotThrowAnyException();
  }

  @Test
  void does_not_change_with_what_it_was_made_from() {
    var recipients = new ArrayList<>(people(1));
    var metadata = new HashMap<>(Map.of("deal", "17"));
    Message message = message(recipients, metadata);
    recipients.clear();
    metadata.clear();
    assertThat(message.recipients()).hasSize(1);
    assertThat(message.metadata()).containsEntry("deal", "17");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<a@b>", "<018f.x+y@mail.example.com>", "<\"odd\"@example.com>"})
  void takes_message_ids_as_programs_write_them(String value) {
    assertThat(new InternetMessageId(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a@b",
        "<a>",
        "<a@b",
        "<@b>",
        "<a@>",
        "<a@b@c>",
        "<a b@c>",
        "<a@b>\r\nX: y",
        "<a\r\n@b>",
        "<a@b><c@d>",
        "<a\0@b>",
        "<a\u007f@b>",
        "<a\u0085@b>",
        "<ä@b>",
        "<a@ö>"
      })
  void refuses_message_ids_that_would_not_stand_in_a_header(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new InternetMessageId(value));
  }

  private static List<Recipient> people(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> to(Recipient.Role.TO, "p" + i + "@example.com"))
        .toList();
  }

  private static Recipient to(Recipient.Role role, String mailbox) {
    return new Recipient(role, Mailbox.parse(mailbox));
  }

  private static Message message(List<Recipient> recipients, Map<String, String> metadata) {
    return new Message(
        new TeamId(1),
        new MessageId(new UUID(0, 1)),
        Purpose.CORRESPONDENCE,
        Optional.empty(),
        new ChannelId(new UUID(0, 2)),
        Mailbox.parse("anna@example.com"),
        recipients,
        Content.plain("Hi", "text"),
        metadata,
        new InternetMessageId("<1@example.com>"),
        Instant.EPOCH);
  }
}

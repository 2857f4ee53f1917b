package io.leverans.mail.gmail;

import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.ListMessagesResponse;
import com.google.api.services.gmail.model.Message;
import com.google.api.services.gmail.model.MessagePartHeader;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.mail.mime.Marking;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks into a mailbox whose owner lets us read it. Safe for use by many threads. */
final class MailboxSearch {
  private static final String ME = "me";
  private static final long SOME = 10;

  /** Each is a question to Google, so there is an end to it. */
  private static final long MOST_LOOKED_AT = 100;

  private static final Duration BEFORE = Duration.ofMinutes(2);
  private static final Duration AFTER = Duration.ofMinutes(10);

  private final GmailApi api;

  MailboxSearch(GmailApi api) {
    this.api = api;
  }

  /** What was looked for. */
  sealed interface Sought {
    record Found(SentReference reference) implements Sought {}

    record NotThere() implements Sought {}

    /** There is more mail than is looked through. */
    record TooMuch() implements Sought {}
  }

  /** The conversation of the message with that Message-ID. */
  Optional<String> conversationOf(String messageId, ChannelSettings channel, Diary diary)
      throws IOException {
    Gmail gmail = api.open(channel, Gate.OPEN, diary);
    return listed(gmail, byMessageId(messageId), SOME).messages().stream()
        .findFirst()
        .map(Message::getThreadId);
  }

  /**
   * The message that was sent with our mark: by its Message-ID, and since Gmail may have put
   * another one in its place, among what was sent at that time.
   */
  Sought sent(String messageId, String mark, Instant at, ChannelSettings channel)
      throws IOException {
    Gmail gmail = api.open(channel, Gate.OPEN, new Diary());
    Optional<SentReference> named =
        marked(gmail, listed(gmail, byMessageId(messageId), SOME).messages(), mark);
    if (named.isPresent()) {
      return new Sought.Found(named.get());
    }
    String atThatTime =
        "in:sent after:%d before:%d"
            .formatted(at.minus(BEFORE).getEpochSecond(), at.plus(AFTER).getEpochSecond());
    Listed then = listed(gmail, atThatTime, MOST_LOOKED_AT);
    Optional<SentReference> found = marked(gmail, then.messages(), mark);
    if (found.isPresent()) {
      return new Sought.Found(found.get());
    }
    return then.more() ? new Sought.TooMuch() : new Sought.NotThere();
  }

  private static String byMessageId(String messageId) {
    return "rfc822msgid:" + messageId.replaceAll("[<>\\s\"]", "");
  }

  private record Listed(List<Message> messages, boolean more) {}

  private static Listed listed(Gmail gmail, String query, long most) throws IOException {
    var list = gmail.users().messages().list(ME);
    list.setQ(query).setIncludeSpamTrash(true).setMaxResults(most);
    ListMessagesResponse found = Question.ask(list);
    return new Listed(
        found.getMessages() == null ? List.of() : found.getMessages(),
        found.getNextPageToken() != null);
  }

  private static Optional<SentReference> marked(Gmail gmail, List<Message> some, String mark)
      throws IOException {
    for (Message one : some) {
      var get = gmail.users().messages().get(ME, one.getId());
      get.setFormat("metadata").setMetadataHeaders(List.of(Marking.HEADER));
      if (isMarked(Question.ask(get), mark)) {
        return Optional.of(new SentReference(one.getId(), one.getThreadId()));
      }
    }
    return Optional.empty();
  }

  private static boolean isMarked(Message message, String mark) {
    List<MessagePartHeader> fields =
        message.getPayload() == null || message.getPayload().getHeaders() == null
            ? List.of()
            : message.getPayload().getHeaders();
    return fields.stream()
        .anyMatch(
            field ->
                Marking.HEADER.equalsIgnoreCase(field.getName())
                    && mark.equals(String.valueOf(field.getValue()).strip()));
  }
}

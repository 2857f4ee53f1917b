package io.leverans.mail.gmail;

import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.History;
import com.google.api.services.gmail.model.HistoryMessageAdded;
import com.google.api.services.gmail.model.ListHistoryResponse;
import com.google.api.services.gmail.model.ListMessagesResponse;
import com.google.api.services.gmail.model.Message;
import com.google.api.services.gmail.model.MessagePart;
import com.google.api.services.gmail.model.MessagePartHeader;
import io.leverans.mail.report.ReportSigns;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came into one mailbox, as the Gmail API tells it. For one visit. */
final class MailboxHistory {
  private static final String ME = "me";
  private static final long PAGE = 100;
  private static final int NOT_FOUND = 404;

  /** What an account writes itself is no report to it. */
  private static final Set<String> OWN = Set.of("SENT", "DRAFT", "CHAT");

  private final Gmail gmail;

  MailboxHistory(Gmail gmail) {
    this.gmail = gmail;
  }

  /**
   * What came in, oldest first.
   *
   * @param reached the place after all of it
   * @param next for what comes after it, if that is known to be something
   */
  record Page(List<String> messages, BigInteger reached, Optional<String> next) {
    Page {
      messages = List.copyOf(messages);
    }
  }

  /**
   * What a message looks like without its content.
   *
   * @param size in octets, more or less
   */
  record Sight(String header, int size) {}

  /** The place where the mailbox stands now. */
  BigInteger now() throws IOException {
    return Question.ask(gmail.users().getProfile(ME)).getHistoryId();
  }

  /** What came after a place; empty if Google does not know that place any more. */
  Optional<Page> since(BigInteger place, Optional<String> next) throws IOException {
    var list = gmail.users().history().list(ME);
    list.setStartHistoryId(place).setHistoryTypes(List.of("messageAdded")).setMaxResults(PAGE);
    next.ifPresent(list::setPageToken);
    try {
      return Optional.of(page(place, Question.ask(list)));
    } catch (RefusedException refused) {
      if (refused.answer().status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static Page page(BigInteger before, ListHistoryResponse found) {
    List<String> messages = new ArrayList<>();
    BigInteger reached = before;
    for (History step : listed(found.getHistory())) {
      reached = reached.max(step.getId());
      listed(step.getMessagesAdded()).stream()
          .map(HistoryMessageAdded::getMessage)
          .filter(message -> listed(message.getLabelIds()).stream().noneMatch(OWN::contains))
          .map(Message::getId)
          .forEach(messages::add);
    }
    Optional<String> next = Optional.ofNullable(found.getNextPageToken());
    boolean isLast = next.isEmpty() && found.getHistoryId() != null;
    return new Page(messages, isLast ? found.getHistoryId().max(reached) : reached, next);
  }

  /** Messages that a search finds, newest first, from that page on. */
  ListMessagesResponse search(String query, Optional<String> next) throws IOException {
    var list = gmail.users().messages().list(ME);
    list.setQ(query).setIncludeSpamTrash(true).setMaxResults(PAGE);
    next.ifPresent(list::setPageToken);
    return Question.ask(list);
  }

  /** Looks at the fields that tell a report from a letter; empty if the message is gone. */
  Optional<Sight> look(String message) throws IOException {
    var get = gmail.users().messages().get(ME, message);
    get.setFormat("metadata").setMetadataHeaders(ReportSigns.FIELDS);
    return ifThere(get).map(found -> new Sight(header(found), size(found)));
  }

  /** All of a message, as it came. */
  Optional<byte[]> raw(String message) throws IOException {
    var get = gmail.users().messages().get(ME, message);
    get.setFormat("raw");
    Optional<Message> found = ifThere(get).filter(there -> there.getRaw() != null);
    try {
      return found.map(Message::decodeRaw);
    } catch (IllegalArgumentException senseless) {
      throw new SenselessAnswerException("the message is in no base64", senseless);
    }
  }

  /** A message as Gmail takes it apart, without its large attachments. */
  Optional<MessagePart> parts(String message) throws IOException {
    var get = gmail.users().messages().get(ME, message);
    get.setFormat("full");
    return ifThere(get).map(Message::getPayload);
  }

  private static Optional<Message> ifThere(Gmail.Users.Messages.Get get) throws IOException {
    try {
      return Optional.of(Question.ask(get));
    } catch (RefusedException refused) {
      if (refused.answer().status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static int size(Message message) {
    return message.getSizeEstimate() == null ? 0 : message.getSizeEstimate();
  }

  private static String header(Message message) {
    StringBuilder text = new StringBuilder();
    if (message.getPayload() != null) {
      for (MessagePartHeader field : listed(message.getPayload().getHeaders())) {
        text.append(field.getName()).append(": ").append(oneLine(field.getValue())).append("\r\n");
      }
    }
    return text.toString();
  }

  static String oneLine(@Nullable String value) {
    return value == null ? "" : value.replaceAll("[\\r\\n]+[ \\t]*", " ");
  }

  static <T> List<T> listed(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}

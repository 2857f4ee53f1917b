package io.leverans.mail.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.mail.reply.ServerReply;
import io.leverans.mail.report.Statements.Told;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A notification of Amazon SES, in the JSON that its topics carry ("Amazon SNS notification
 * contents for Amazon SES", "Contents of event data"), alone or in a mail.
 */
final class SesNotification {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();
  private static final Pattern FOLD = Pattern.compile("\\r?\\n ?");
  private static final int MOST_RECIPIENTS = 200;

  private final JsonNode root;

  private SesNotification(JsonNode root) {
    this.root = root;
  }

  /** The notification that a text begins with, also one in the envelope of a topic. */
  static Optional<SesNotification> in(String text) {
    String start = text.stripLeading();
    if (!start.startsWith("{")
        || !(start.contains("ficationType") || start.contains("eventType"))) {
      return Optional.empty();
    }
    return parsed(FOLD.matcher(start).replaceAll(""))
        .flatMap(
            node ->
                node.hasNonNull("Message")
                    ? parsed(node.path("Message").asText())
                    : Optional.of(node))
        .map(SesNotification::new)
        .filter(notification -> !notification.type().isEmpty());
  }

  /** Bounce, Complaint, Delivery, or another event. */
  String type() {
    return root.path("notificationType").asText(root.path("eventType").asText(""));
  }

  ComplaintReader.Complaint complaint() {
    List<String> recipients =
        texts(root.path("complaint").path("complainedRecipients"), "emailAddress");
    String type = root.path("complaint").path("complaintFeedbackType").asText("abuse");
    return ComplaintReader.of(type, recipients.stream().map(List::of).toList(), Optional.empty());
  }

  List<Statement> statements(Statements statements) {
    List<Told> told =
        switch (type()) {
          case "Bounce" -> bounces();
          case "Delivery" -> deliveries();
          case "DeliveryDelay" -> delays();
          default -> List.of();
        };
    return told.stream().map(statements::of).toList();
  }

  Optional<String> originalMessageId() {
    JsonNode mail = root.path("mail");
    return text(mail.path("commonHeaders").path("messageId"))
        .or(() -> header(mail.path("headers"), "Message-ID"));
  }

  Optional<String> returnPath() {
    return text(root.path("mail").path("source"));
  }

  private List<Told> bounces() {
    JsonNode bounce = root.path("bounce");
    boolean permanent = !bounce.path("bounceType").asText("").equals("Transient");
    return each(
        bounce.path("bouncedRecipients"),
        recipient -> {
          boolean failed =
              recipient.path("action").asText("failed").startsWith("fail") || permanent;
          return told(
              recipient,
              failed ? Action.FAILED : Action.DELAYED,
              bounce.path("bounceSubType"),
              bounce.path("reportingMTA"));
        });
  }

  private List<Told> delays() {
    JsonNode delay = root.path("deliveryDelay");
    return each(
        delay.path("delayedRecipients"),
        recipient ->
            told(recipient, Action.DELAYED, delay.path("delayType"), delay.path("reportingMTA")));
  }

  private List<Told> deliveries() {
    JsonNode delivery = root.path("delivery");
    String words = delivery.path("smtpResponse").asText("");
    return each(
        delivery.path("recipients"),
        recipient ->
            new Told(
                List.of(recipient.asText("")),
                Action.RELAYED,
                ServerReply.statusIn(words),
                words,
                List.of(),
                text(delivery.path("reportingMTA"))));
  }

  private static Told told(JsonNode recipient, Action action, JsonNode sort, JsonNode reporter) {
    String words = reply(recipient);
    return new Told(
        List.of(recipient.path("emailAddress").asText("")),
        action,
        status(recipient, words),
        words,
        List.of(spelledOut(sort)),
        text(reporter).flatMap(DeliveryStatusReader::host));
  }

  private static List<Told> each(JsonNode recipients, Function<JsonNode, Told> telling) {
    return StreamSupport.stream(recipients.spliterator(), false)
        .limit(MOST_RECIPIENTS)
        .map(telling)
        .toList();
  }

  /** What the server said, without the name of the protocol. */
  private static String reply(JsonNode recipient) {
    return recipient.path("diagnosticCode").asText("").replaceFirst("^smtp; ?", "");
  }

  private static Optional<String> status(JsonNode recipient, String words) {
    return ServerReply.statusIn(recipient.path("status").asText(""))
        .or(() -> ServerReply.statusIn(words));
  }

  /** A name such as MailboxFull, in words. */
  private static String spelledOut(JsonNode name) {
    return name.asText("").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
  }

  private static Optional<String> header(JsonNode headers, String name) {
    for (JsonNode header : headers) {
      if (header.path("name").asText("").equalsIgnoreCase(name)) {
        return text(header.path("value"));
      }
    }
    return Optional.empty();
  }

  private static List<String> texts(JsonNode array, String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      if (texts.size() < MOST_RECIPIENTS && element.hasNonNull(field)) {
        texts.add(element.path(field).asText());
      }
    }
    return texts;
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.of(node.asText("")).filter(value -> !value.isEmpty());
  }

  private static Optional<JsonNode> parsed(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonNode node = JSON.readTree(parser);
      return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new AssertionError("a text is always readable", unreadable);
    }
  }
}

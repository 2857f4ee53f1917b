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
import java.util.regex.Pattern;

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
    boolean named = start.contains("ficationType") || start.contains("eventType");
    if (!start.startsWith("{") || !named) {
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
    return switch (type()) {
      case "Bounce" -> bounces(statements);
      case "Delivery" -> deliveries(statements);
      case "DeliveryDelay" -> delays(statements);
      default -> List.of();
    };
  }

  Optional<String> originalMessageId() {
    JsonNode mail = root.path("mail");
    return text(mail.path("commonHeaders").path("messageId"))
        .or(() -> header(mail.path("headers"), "Message-ID"));
  }

  Optional<String> returnPath() {
    return text(root.path("mail").path("source"));
  }

  private List<Statement> bounces(Statements statements) {
    JsonNode bounce = root.path("bounce");
    boolean permanent = !bounce.path("bounceType").asText("").equals("Transient");
    List<Statement> found = new ArrayList<>();
    for (JsonNode recipient : bounce.path("bouncedRecipients")) {
      if (found.size() < MOST_RECIPIENTS) {
        String words = reply(recipient);
        boolean failed = recipient.path("action").asText("failed").startsWith("fail") || permanent;
        found.add(
            statements.of(
                new Told(
                    List.of(recipient.path("emailAddress").asText("")),
                    failed ? Action.FAILED : Action.DELAYED,
                    status(recipient, words),
                    words,
                    List.of(spelledOut(bounce.path("bounceSubType"))),
                    text(bounce.path("reportingMTA")).flatMap(DeliveryStatusReader::host))));
      }
    }
    return found;
  }

  private List<Statement> deliveries(Statements statements) {
    JsonNode delivery = root.path("delivery");
    String words = delivery.path("smtpResponse").asText("");
    List<Statement> found = new ArrayList<>();
    for (JsonNode recipient : delivery.path("recipients")) {
      if (found.size() < MOST_RECIPIENTS) {
        found.add(
            statements.of(
                new Told(
                    List.of(recipient.asText("")),
                    Action.RELAYED,
                    ServerReply.statusIn(words),
                    words,
                    List.of(),
                    text(delivery.path("reportingMTA")))));
      }
    }
    return found;
  }

  private List<Statement> delays(Statements statements) {
    JsonNode delay = root.path("deliveryDelay");
    List<Statement> found = new ArrayList<>();
    for (JsonNode recipient : delay.path("delayedRecipients")) {
      if (found.size() < MOST_RECIPIENTS) {
        String words = reply(recipient);
        found.add(
            statements.of(
                new Told(
                    List.of(recipient.path("emailAddress").asText("")),
                    Action.DELAYED,
                    status(recipient, words),
                    words,
                    List.of(spelledOut(delay.path("delayType"))),
                    text(delay.path("reportingMTA")).flatMap(DeliveryStatusReader::host))));
      }
    }
    return found;
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

package io.leverans.mail.simulator.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What came into a mailbox, as the Gmail API shows it. */
final class HistoryJson {
  private HistoryJson() {}

  /**
   * A page.
   *
   * @param steps oldest first
   * @param now the place after all that ever came
   */
  static ObjectNode of(List<SimulatedMail> steps, long now, boolean isLast) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!steps.isEmpty()) {
      ArrayNode history = json.putArray("history");
      steps.forEach(mail -> step(history.addObject(), mail));
    }
    if (!isLast) {
      json.put("nextPageToken", String.valueOf(steps.getLast().step()));
    }
    return json.put("historyId", String.valueOf(now));
  }

  private static void step(ObjectNode step, SimulatedMail mail) {
    step.put("id", String.valueOf(mail.step()));
    step.putArray("messages").add(MailJson.ids(mail));
    step.putArray("messagesAdded").addObject().set("message", MailJson.sent(mail));
  }
}

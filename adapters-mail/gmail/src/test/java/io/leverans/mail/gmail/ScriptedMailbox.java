package io.leverans.mail.gmail;

import io.leverans.mail.gmail.ScriptedGoogle.Reply;
import io.leverans.mail.gmail.ScriptedGoogle.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mailbox, oldest mail first, by id; each mail came a step of the history later. */
final class ScriptedMailbox {
  static final String USER = "/gmail/v1/users/me/";
  private static final int FIRST = 101;

  private final Map<String, Mail> mails = new LinkedHashMap<>();
  private int pageSize = 100;
  private int oldestKnown = 1;

  private record Mail(String label, String text, int size) {}

  void put(String id, String label, String text, int size) {
    mails.put(id, new Mail(label, text, size));
  }

  /** Answers with so much at a time. */
  void page(int size) {
    pageSize = size;
  }

  /** Knows no earlier place any more. */
  void forgetBefore(int history) {
    oldestKnown = history;
  }

  Reply answer(Request request) {
    String place = request.place();
    if (place.equals(USER + "profile")) {
      return Reply.json(200, "{\"historyId\": \"%d\"}".formatted(now()));
    }
    if (place.equals(USER + "history")) {
      return history(request);
    }
    if (place.equals(USER + "messages")) {
      return search(request);
    }
    return message(place.substring((USER + "messages/").length()), request.parameter("format"));
  }

  private int now() {
    return FIRST - 1 + mails.size();
  }

  private static int pageOf(Request request) {
    String token = request.parameter("pageToken");
    return token.isEmpty() ? 0 : Integer.parseInt(token);
  }

  private Reply history(Request request) {
    int start = Integer.parseInt(request.parameter("startHistoryId"));
    if (start < oldestKnown) {
      return Reply.json(404, "{\"error\": {\"code\": 404, \"status\": \"NOT_FOUND\"}}");
    }
    List<String> ids = List.copyOf(mails.keySet());
    List<String> steps = new ArrayList<>();
    int from = Math.max(start - FIRST + 1, 0) + pageOf(request);
    int to = Math.min(from + pageSize, ids.size());
    for (int i = from; i < to; i++) {
      steps.add(
          """
          {"id": "%d", "messagesAdded": [{"message": {"id": "%s", "labelIds": ["%s"]}}]}\
          """
              .formatted(FIRST + i, ids.get(i), mails.get(ids.get(i)).label()));
    }
    return Reply.json(
        200,
        "{\"history\": [%s], \"historyId\": \"%d\"%s}"
            .formatted(
                String.join(", ", steps),
                now(),
                to < ids.size()
                    ? ", \"nextPageToken\": \"%d\"".formatted(pageOf(request) + pageSize)
                    : ""));
  }

  private Reply search(Request request) {
    List<String> newestFirst = List.copyOf(mails.keySet()).reversed();
    int from = pageOf(request);
    int to = Math.min(from + pageSize, newestFirst.size());
    String found =
        String.join(
            ", ",
            newestFirst.subList(from, to).stream().map("{\"id\": \"%s\"}"::formatted).toList());
    return Reply.json(
        200,
        "{\"messages\": [%s]%s}"
            .formatted(
                found, to < newestFirst.size() ? ", \"nextPageToken\": \"%d\"".formatted(to) : ""));
  }

  private Reply message(String id, String format) {
    Mail mail = mails.get(id);
    return switch (format) {
      case "raw" ->
          Reply.json(200, "{\"id\": \"%s\", \"raw\": \"%s\"}".formatted(id, base64(mail.text())));
      case "metadata" ->
          Reply.json(
              200,
              "{\"id\": \"%s\", \"sizeEstimate\": %d, \"payload\": {\"headers\": [%s]}}"
                  .formatted(id, mail.size(), headers(mail.text())));
      default ->
          Reply.json(200, "{\"id\": \"%s\", \"payload\": %s}".formatted(id, part(mail.text())));
    };
  }

  /** As Gmail takes a mail apart; an enclosed message becomes a part with one part in it. */
  private static String part(String text) {
    String header = text.substring(0, text.indexOf("\r\n\r\n"));
    String body = text.substring(text.indexOf("\r\n\r\n") + 4);
    String boundary = header.contains("boundary=\"b\"") ? "--b" : "";
    List<String> below = new ArrayList<>();
    if (!boundary.isEmpty()) {
      for (String piece : body.split("--b(?:--)?\r\n", -1)) {
        if (!piece.isBlank()) {
          below.add(part(piece.strip() + "\r\n"));
        }
      }
    } else if (header.contains("message/rfc822")) {
      below.add(part(body));
    }
    return below.isEmpty()
        ? "{\"headers\": [%s], \"body\": {\"data\": \"%s\"}}".formatted(headers(text), base64(body))
        : "{\"headers\": [%s], \"body\": {\"size\": 0}, \"parts\": [%s]}"
            .formatted(headers(text), String.join(", ", below));
  }

  private static String headers(String text) {
    String header = text.substring(0, text.indexOf("\r\n\r\n"));
    return String.join(
        ", ",
        header
            .lines()
            .map(
                line ->
                    "{\"name\": \"%s\", \"value\": \"%s\"}"
                        .formatted(
                            line.replaceFirst(":.*", ""),
                            line.replaceFirst("[^:]*:\\s*", "").replace("\"", "\\\"")))
            .toList());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

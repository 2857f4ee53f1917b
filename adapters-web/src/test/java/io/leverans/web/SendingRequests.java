package io.leverans.web;

import io.leverans.application.port.in.AcceptMessage.Command;
import io.leverans.application.port.in.AcceptMessage.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Messages that are handed in, and what the use case is told of them. */
abstract class SendingRequests {
  static final String ID = "00000000-0000-0000-0000-000000000002";
  static final String MESSAGE = "/v1/messages/00000000-0000-0000-0000-000000000004";

  final TestApi api = new TestApi();
  final List<Command> accepted = new ArrayList<>();

  @AfterEach
  void stop() {
    api.close();
  }

  void takeAll() {
    api.acceptMessage =
        command -> {
          accepted.add(command);
          return new Result.Accepted(
              Samples.message(Samples.queued("bert@recipient.example")), List.of());
        };
  }

  static String body(String more) {
    return """
    {"identityId":"%s","to":"bert@recipient.example","text":"Hi"%s}\
    """
        .formatted(ID, more.isEmpty() ? "" : "," + more);
  }

  Answer answerTo(Result result) {
    api.acceptMessage = _ -> result;
    return api.post("/v1/messages", body(""));
  }
}

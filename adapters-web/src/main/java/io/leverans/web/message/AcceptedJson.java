package io.leverans.web.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.leverans.application.view.MessageView;
import io.leverans.domain.identity.EmailAddress;
import java.util.List;

/**
 * The answer to an accepted message: the message, and whom it does not go to.
 *
 * @param skipped those asked for that the team does not write to; absent if there are none
 */
record AcceptedJson(
    @JsonUnwrapped MessageJson message,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> skipped) {
  AcceptedJson {
    skipped = List.copyOf(skipped);
  }

  static AcceptedJson of(MessageView message, List<EmailAddress> skipped) {
    return new AcceptedJson(
        MessageJson.of(message), skipped.stream().map(String::valueOf).sorted().toList());
  }
}

package io.leverans.mail.conversation;

import io.leverans.mail.conversation.Proof.Stage;
import java.io.Serial;

/** No conversation came about with a server. */
final class NotEstablishedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Exchange.NotEstablished result;
  private final Stage stage;

  NotEstablishedException(Exchange.NotEstablished result, Stage stage) {
    super(result.toString());
    this.result = result;
    this.stage = stage;
  }

  Exchange.NotEstablished result() {
    return result;
  }

  Stage stage() {
    return stage;
  }
}

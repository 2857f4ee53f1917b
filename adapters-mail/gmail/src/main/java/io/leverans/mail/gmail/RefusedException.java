package io.leverans.mail.gmail;

import java.io.IOException;
import java.io.Serial;

/** Google answered a question with a refusal. */
final class RefusedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient GoogleAnswer answer;

  RefusedException(GoogleAnswer answer) {
    super("Google said: " + answer.words());
    this.answer = answer;
  }

  GoogleAnswer answer() {
    return answer;
  }
}

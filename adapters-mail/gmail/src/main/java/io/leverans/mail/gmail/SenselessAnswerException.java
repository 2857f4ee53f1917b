package io.leverans.mail.gmail;

import java.io.IOException;
import java.io.Serial;

/** What came back is no answer in HTTP/1.1, or one that cannot be. */
final class SenselessAnswerException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  SenselessAnswerException(String words) {
    super(words);
  }

  SenselessAnswerException(String words, Exception cause) {
    super(words, cause);
  }
}

package io.leverans.mail.conversation;

import java.io.IOException;
import java.io.Serial;
import javax.net.ssl.SSLException;

/** The server speaks in clear where encryption was to begin. */
final class ClearSpeechException extends SSLException {
  @Serial private static final long serialVersionUID = 1L;

  private final String said;

  ClearSpeechException(String said, IOException failure) {
    super("the server speaks in clear", failure);
    this.said = said;
  }

  String said() {
    return said;
  }
}

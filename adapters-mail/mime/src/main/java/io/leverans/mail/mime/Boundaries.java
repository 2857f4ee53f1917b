package io.leverans.mail.mime;

import io.leverans.domain.message.MessageId;

/** The boundaries of one message, the same whenever it is composed (RFC 2046 §5.1.1). */
final class Boundaries {
  private final String stem;
  private int given;

  Boundaries(MessageId message) {
    this.stem = "=_" + message.value().toString().replace("-", "") + "_";
  }

  String next() {
    given++;
    return stem + given;
  }
}

package io.leverans.application.port.out;

import java.util.UUID;

/** Makes ids and secrets. Safe for use by many threads. */
public interface Ids {
  /** A new id; later ones sort after earlier ones (RFC 9562 §5.7, version 7). */
  UUID next();

  /** An unguessable text of lower-case letters and the digits 2 to 7, at least 160 bits. */
  String secret();
}

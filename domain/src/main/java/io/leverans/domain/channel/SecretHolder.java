package io.leverans.domain.channel;

import java.util.UUID;

/** Whose secrets are sealed: they open for nobody else. */
public interface SecretHolder {
  UUID value();

  /** What tells it from all others, for ever: sealed secrets are bound to this text. */
  String sealedFor();
}

package io.leverans.domain.message;

import java.util.Objects;
import java.util.UUID;

/**
 * Names one message of a team; not to be confused with the {@link InternetMessageId} in its header.
 */
public record MessageId(UUID value) {
  public MessageId {
    Objects.requireNonNull(value);
  }
}

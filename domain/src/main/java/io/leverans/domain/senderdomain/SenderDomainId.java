package io.leverans.domain.senderdomain;

import io.leverans.domain.channel.SecretHolder;
import java.util.Objects;
import java.util.UUID;

/** Names a sender domain. */
public record SenderDomainId(UUID value) implements SecretHolder {
  public SenderDomainId {
    Objects.requireNonNull(value);
  }

  @Override
  public String sealedFor() {
    return "domain/" + value;
  }
}

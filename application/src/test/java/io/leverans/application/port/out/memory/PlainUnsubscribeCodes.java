package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.UnsubscribeCodes;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.Optional;
import java.util.UUID;

/** Codes that anybody can read. */
public final class PlainUnsubscribeCodes implements UnsubscribeCodes {
  @Override
  public String codeOf(Named message) {
    return message.team().value() + "." + message.message().value() + "." + message.holders();
  }

  @Override
  public Optional<Named> read(String code) {
    String[] parts = code.split("\\.", -1);
    return parts.length == 3
        ? Optional.of(
            new Named(
                new TeamId(Long.parseLong(parts[0])),
                new MessageId(UUID.fromString(parts[1])),
                Holders.valueOf(parts[2])))
        : Optional.empty();
  }
}

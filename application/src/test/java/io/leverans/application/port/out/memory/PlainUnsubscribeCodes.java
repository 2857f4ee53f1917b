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
    return message.team().value() + "." + message.message().value();
  }

  @Override
  public Optional<Named> read(String code) {
    int dot = code.indexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.of(
            new Named(
                new TeamId(Long.parseLong(code.substring(0, dot))),
                new MessageId(UUID.fromString(code.substring(dot + 1)))));
  }
}

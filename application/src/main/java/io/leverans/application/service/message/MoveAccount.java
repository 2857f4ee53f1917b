package io.leverans.application.service.message;

import io.leverans.application.port.in.MoveWaitingMail.Account;
import io.leverans.application.port.in.MoveWaitingMail.Look;
import io.leverans.application.port.in.MoveWaitingMail.Staying;
import io.leverans.application.port.out.WaitingMail.WaitingMessage;
import io.leverans.domain.identity.Mailbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Counts what is moved, as it is moved. */
final class MoveAccount {
  private static final int STAYING_TOLD = 100;

  private final Function<WaitingMessage, Look> look;
  private final Map<Mailbox, Look> looks = new LinkedHashMap<>();
  private final List<Staying> staying = new ArrayList<>();
  private int messages;
  private int recipients;

  MoveAccount(Function<WaitingMessage, Look> look) {
    this.look = look;
  }

  void moves(WaitingMessage message) {
    messages++;
    recipients += message.left().size();
    looks.computeIfAbsent(message.author(), _ -> look.apply(message));
  }

  void stays(WaitingMessage message, String why) {
    if (staying.size() < STAYING_TOLD) {
      staying.add(new Staying(message.id(), why));
    }
  }

  Account told() {
    return new Account(messages, recipients, List.copyOf(looks.values()), staying);
  }
}

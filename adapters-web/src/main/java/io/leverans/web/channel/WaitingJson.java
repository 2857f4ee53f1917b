package io.leverans.web.channel;

import io.leverans.application.view.WaitingAmount;
import java.time.Instant;
import java.util.Optional;

/**
 * How much mail is still to be tried through a channel.
 *
 * @param since when the oldest of it began to wait
 * @param why absent where the channel works and the mail is only late
 */
record WaitingJson(int messages, int recipients, Instant since, Optional<String> why) {
  static WaitingJson of(WaitingAmount amount) {
    return of(amount, Optional.empty());
  }

  static WaitingJson of(WaitingAmount amount, Optional<String> why) {
    return new WaitingJson(amount.messages(), amount.recipients(), amount.since(), why);
  }
}

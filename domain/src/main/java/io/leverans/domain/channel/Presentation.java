package io.leverans.domain.channel;

import io.leverans.domain.identity.Mailbox;
import java.util.Objects;
import java.util.Optional;

/**
 * What a recipient will see of an identity through a channel.
 *
 * @param from the author shown
 * @param viaDomain the domain shown as "via" beside the author, where one is
 * @param replyTo where an answer goes, if elsewhere than to {@code from}
 */
public record Presentation(Mailbox from, Optional<String> viaDomain, Optional<Mailbox> replyTo) {
  public Presentation {
    Objects.requireNonNull(from);
    Objects.requireNonNull(viaDomain);
    Objects.requireNonNull(replyTo);
  }
}

package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.SenderDomainView;
import io.leverans.domain.senderdomain.SenderDomainId;
import java.time.Instant;
import java.util.Objects;

/**
 * Makes the next key of a domain and says what to publish. The key before signs until a check sees
 * the new one's record.
 */
@FunctionalInterface
public interface RotateDomainKey {
  Result rotate(Command command);

  record Command(Caller caller, SenderDomainId domain) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(domain);
    }
  }

  /** The answer. */
  sealed interface Result {
    /** Also where one waits already to be published: that one is shown. */
    record UnderWay(SenderDomainView domain) implements Result {}

    /** The record of the key before is still needed. */
    record TooEarly(Instant until) implements Result {}

    record UnknownDomain() implements Result {}

    record AdminsOnly() implements Result {}

    /** Somebody else changed its keys at the same time. */
    record ChangedMeanwhile() implements Result {}
  }
}

package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.SenderDomainView;
import io.leverans.domain.senderdomain.SenderDomainId;
import java.util.Objects;

/** Asks DNS about a domain at once, and acts on it. */
@FunctionalInterface
public interface CheckDomain {
  Result check(Command command);

  record Command(Caller caller, SenderDomainId domain) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(domain);
    }
  }

  /** The answer. */
  sealed interface Result {
    record Done(SenderDomainView domain) implements Result {}

    record UnknownDomain() implements Result {}
  }
}

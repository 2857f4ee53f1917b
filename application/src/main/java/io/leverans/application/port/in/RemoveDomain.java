package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.domain.senderdomain.SenderDomainId;
import java.util.Objects;

/** Removes a domain with its keys: from now on the platform's domain signs. */
@FunctionalInterface
public interface RemoveDomain {
  Result remove(Command command);

  record Command(Caller caller, SenderDomainId domain) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(domain);
    }
  }

  /** What became of it. */
  enum Result {
    REMOVED,
    UNKNOWN_DOMAIN,
    ADMINS_ONLY
  }
}

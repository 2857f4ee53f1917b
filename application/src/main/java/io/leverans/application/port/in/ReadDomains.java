package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.SenderDomainView;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import java.util.List;
import java.util.Optional;

/** Shows a team's domains to its members. */
public interface ReadDomains {
  /** By name, as they were last found. */
  List<SenderDomain> list(Caller caller);

  /** Asks DNS what it has now; nothing is concluded from it. */
  Optional<SenderDomainView> read(Caller caller, SenderDomainId domain);
}

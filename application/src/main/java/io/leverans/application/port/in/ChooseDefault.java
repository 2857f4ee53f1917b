package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import java.util.List;

/** Makes an identity the one its member's mail goes out from when none is named. */
@FunctionalInterface
public interface ChooseDefault {
  Result choose(Caller caller, IdentityId identity);

  /** The answer. */
  sealed interface Result {
    /**
     * It is the default.
     *
     * @param rechosen identities whose channel is another by that
     */
    record Chosen(Identity identity, List<Rechosen> rechosen) implements Result {}

    record UnknownIdentity() implements Result {}
  }
}

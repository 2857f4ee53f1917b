package io.leverans.application.service.identity;

import io.leverans.application.port.in.ChooseDefault;
import io.leverans.application.port.out.Identities;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.identity.IdentityId;
import java.util.List;

/** Makes an identity its member's default. */
public final class ChooseDefaultService implements ChooseDefault {
  private final Identities identities;
  private final Choosing choosing;
  private final ReadIdentitiesService visible;

  public ChooseDefaultService(Identities identities, Choosing choosing) {
    this.identities = identities;
    this.choosing = choosing;
    this.visible = new ReadIdentitiesService(identities);
  }

  @Override
  public Result choose(Caller caller, IdentityId id) {
    if (visible.read(caller, id).isEmpty()) {
      return new Result.UnknownIdentity();
    }
    List<Rechosen> rechosen = identities.makeDefault(caller.team(), id, choosing.terms());
    return visible
        .read(caller, id)
        .<Result>map(identity -> new Result.Chosen(identity, rechosen))
        .orElseGet(Result.UnknownIdentity::new);
  }
}

package planted.leverans.domain;

import java.util.Optional;

/** Planted: a port of the domain that answers true, false or nothing. */
public interface DomainPortWithBoxedBoolean {
  /** Planted. */
  Optional<Boolean> done();
}

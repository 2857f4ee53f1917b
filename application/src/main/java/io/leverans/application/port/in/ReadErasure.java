package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Erasure;
import io.leverans.application.view.ErasureId;
import java.util.Optional;

/** Tells what an order to erase somebody's data has erased, to the admins of its team. */
@FunctionalInterface
public interface ReadErasure {
  Optional<Erasure> read(Caller caller, ErasureId erasure);
}

package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.SenderDomainView;
import io.leverans.domain.senderdomain.SenderDomain;
import java.util.Objects;

/** Begins to set up a domain that a team writes from: makes its key and says what to publish. */
@FunctionalInterface
public interface AddDomain {
  Result add(Command command);

  /**
   * What is asked for.
   *
   * @param name as a person writes it
   */
  record Command(Caller caller, String name) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(name);
    }
  }

  /** The answer. */
  sealed interface Result {
    record Added(SenderDomainView domain) implements Result {}

    /** The team has it. */
    record AlreadyThere(SenderDomain domain) implements Result {}

    /** The team has as many as it may. */
    record TooMany(int atMost) implements Result {}

    record NotADomain(String name) implements Result {}

    record AdminsOnly() implements Result {}
  }
}

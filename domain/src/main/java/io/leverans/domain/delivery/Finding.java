package io.leverans.domain.delivery;

import java.util.Objects;

/** What was found out about a hand-over without an answer. */
public sealed interface Finding {
  /**
   * The provider has the message: it took it.
   *
   * @param reference as an answer would have told it
   */
  record Happened(String reference) implements Finding {
    public Happened {
      Objects.requireNonNull(reference);
    }
  }

  /** It is proved that the provider never took it: sending it again makes no second copy. */
  record DidNotHappen() implements Finding {}

  /**
   * Nothing is known yet, or nothing ever will be through this channel.
   *
   * @param why for a person
   */
  record CannotTell(String why) implements Finding {
    public CannotTell {
      Objects.requireNonNull(why);
    }
  }
}

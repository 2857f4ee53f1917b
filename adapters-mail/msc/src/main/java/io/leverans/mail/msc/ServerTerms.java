package io.leverans.mail.msc;

import io.leverans.mail.conversation.Assurance;
import java.util.Objects;
import java.util.Optional;

/** On which terms one server gets the mail of a domain. */
sealed interface ServerTerms {
  /**
   * It gets mail over a connection that is so sure.
   *
   * @param domains the domain's own terms, where they apply
   */
  record Speak(Assurance assurance, Optional<TlsTerms> domains) implements ServerTerms {
    public Speak {
      Objects.requireNonNull(assurance);
      Objects.requireNonNull(domains);
    }
  }

  /** It gets none now. */
  record PassOver(String why) implements ServerTerms {}
}

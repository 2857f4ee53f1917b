package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.ReportView;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.domain.suppression.SuppressedAddress;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** Hands out what a team has of one recipient, as its admins may. */
@FunctionalInterface
public interface ExportPerson {
  /**
   * Gives it piece by piece, so that nobody has to hold all of it at once.
   *
   * @throws IOException if the copy fails
   */
  Result export(Command command, Copy copy) throws IOException;

  /** What is asked for. */
  record Command(Caller caller, EmailAddress address) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(address);
    }
  }

  /** Where it goes: first what is on the suppression list, then messages, then reports. */
  interface Copy {
    void listed(SuppressedAddress entry) throws IOException;

    /**
     * A message to the person.
     *
     * @param message without its other recipients, and without what was said of them
     * @param bytes as they were sent to the person; empty if they are not kept any more
     */
    void message(MessageView message, Optional<Octets> bytes) throws IOException;

    /**
     * A report that is about mail to the person, or names the person.
     *
     * @param report without what it says of others
     * @param bytes as it came; empty if it is not kept any more, not for the caller to read, or
     *     about others, too
     */
    void report(ReportView report, Optional<Octets> bytes) throws IOException;
  }

  /** What became of it. */
  enum Result {
    EXPORTED,
    /** Nothing was handed out. */
    ADMINS_ONLY
  }
}

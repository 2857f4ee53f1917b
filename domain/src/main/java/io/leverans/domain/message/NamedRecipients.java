package io.leverans.domain.message;

import io.leverans.domain.identity.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The recipients of one message, named one after the other: each mailbox once, and not too many.
 * For one thread.
 */
public final class NamedRecipients {
  private final List<EmailAddress> named = new ArrayList<>();

  /** What speaks against so many. */
  public static Optional<Objection> objectionTo(int number) {
    return number > Message.MAX_RECIPIENTS
        ? Optional.of(
            new Objection(
                "A message has at most %d recipients; here are %d."
                    .formatted(Message.MAX_RECIPIENTS, number),
                "Send it in parts."))
        : Optional.empty();
  }

  /** Names one more, unless something speaks against it. */
  public Optional<Objection> name(EmailAddress address) {
    if (named.stream().anyMatch(address::sameMailbox)) {
      return Optional.of(
          new Objection(address + " is named more than once.", "Name each address once."));
    }
    named.add(address);
    return Optional.empty();
  }

  /**
   * What speaks against recipients, for a person.
   *
   * @param remedy what to do
   */
  public record Objection(String words, String remedy) {
    public Objection {
      Objects.requireNonNull(words);
      Objects.requireNonNull(remedy);
    }

    public String sentences() {
      return words + " " + remedy;
    }
  }
}

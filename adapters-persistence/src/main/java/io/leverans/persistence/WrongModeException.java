package io.leverans.persistence;

/** The database was made in the other mode; the message says what to do. */
public final class WrongModeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongModeException(Mode made, Mode asked) {
    super(
        "This database was made in %1$s mode and stays so; it cannot be opened in %2$s mode. Start in %1$s mode, or on another database"
            .formatted(made.word(), asked.word()));
  }
}

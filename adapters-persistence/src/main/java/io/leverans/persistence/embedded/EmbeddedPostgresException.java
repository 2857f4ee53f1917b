package io.leverans.persistence.embedded;

/**
 * The embedded PostgreSQL cannot be started, or cannot be stopped. The message is meant for the
 * operator: it names the cause and the remedy.
 */
public final class EmbeddedPostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedPostgresException(String message) {
    super(message);
  }

  EmbeddedPostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}

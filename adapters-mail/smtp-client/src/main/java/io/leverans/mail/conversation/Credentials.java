package io.leverans.mail.conversation;

import java.util.Objects;

/** What to sign in with (RFC 4954). */
public sealed interface Credentials {
  /** Nothing: nobody signs in. */
  record None() implements Credentials {}

  /**
   * A user name and a password.
   *
   * @param user for {@link Mechanism#NTLM} it may be {@code DOMAIN\\user}
   */
  record Password(String user, String password, Mechanism mechanism) implements Credentials {
    /**
     * Takes any text without NUL, which PLAIN could not carry (RFC 4616 §2).
     *
     * @throws IllegalArgumentException if one is empty or holds NUL
     */
    public Password {
      Objects.requireNonNull(mechanism);
      if (user.isEmpty() || user.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a user name is some text without NUL");
      }
      if (password.isEmpty() || password.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a password is some text without NUL");
      }
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "Password[mechanism=" + mechanism + "]";
    }
  }

  /**
   * A user name and an access token (RFC 6749 §1.4), which the server of a provider takes in place
   * of a password. It never goes in clear.
   */
  record BearerToken(String user, String token) implements Credentials {
    /**
     * Takes what can be told from the words around it.
     *
     * @throws IllegalArgumentException if the user name is empty or holds control characters, or
     *     the token is not visible ASCII
     */
    public BearerToken {
      if (user.isEmpty() || user.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("a user name is some text without control characters");
      }
      if (token.isEmpty() || !token.chars().allMatch(letter -> letter > ' ' && letter < 0x7F)) {
        throw new IllegalArgumentException("a token is visible ASCII");
      }
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "BearerToken[]";
    }
  }

  /** How the password is put. */
  enum Mechanism {
    /** PLAIN, or else LOGIN, as the server offers. */
    ANY_OFFERED,
    /** RFC 4616. */
    PLAIN,
    /** The one of old, which no RFC defines. */
    LOGIN,
    /** Microsoft's, for an Exchange that takes no other. */
    NTLM
  }
}

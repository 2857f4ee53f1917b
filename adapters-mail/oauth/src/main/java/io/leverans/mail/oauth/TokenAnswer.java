package io.leverans.mail.oauth;

import io.leverans.domain.delivery.ChannelFault;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What came of asking a server for access. */
public sealed interface TokenAnswer {
  /**
   * Access.
   *
   * @param accessToken visible ASCII: it can stand in a header or in a line of a conversation
   * @param expires when the access token runs out, by our clock
   * @param refreshToken takes the place of the one before; where there is none, the one before goes
   *     on
   * @param scopes what was granted; empty where access was renewed and the server says nothing,
   *     which means as before (RFC 6749 §6)
   * @param idToken who the owner is, as it came; {@link IdToken} reads it
   */
  record Tokens(
      String accessToken,
      Instant expires,
      Optional<String> refreshToken,
      List<String> scopes,
      Optional<String> idToken)
      implements TokenAnswer {
    /**
     * Takes visible ASCII.
     *
     * @throws IllegalArgumentException if a token holds anything else, without repeating it
     */
    public Tokens {
      Objects.requireNonNull(expires);
      scopes = List.copyOf(scopes);
      demandVisible(accessToken);
      refreshToken.ifPresent(Tokens::demandVisible);
      idToken.ifPresent(Tokens::demandVisible);
    }

    private static void demandVisible(String token) {
      if (token.isEmpty() || !token.chars().allMatch(letter -> letter > ' ' && letter < 0x7F)) {
        throw new IllegalArgumentException("a token is visible ASCII");
      }
    }

    /** The token to renew access with from now on. */
    public String refreshTokenAfter(String before) {
      return refreshToken.orElse(before);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "Tokens[until " + expires + ", " + scopes + "]";
    }
  }

  /** The server says no to the owner, and will say so again. */
  record Refused(ChannelFault fault) implements TokenAnswer {
    public Refused {
      Objects.requireNonNull(fault);
    }
  }

  /** The server says no to the platform itself, whoever the owner is. */
  record ClientRefused(PlatformFault fault) implements TokenAnswer {
    public ClientRefused {
      Objects.requireNonNull(fault);
    }
  }

  /**
   * The server could not be asked, or has trouble of its own, or speaks no OAuth.
   *
   * @param words what was met, for a person
   */
  record NotReached(String words) implements TokenAnswer {
    public NotReached {
      Objects.requireNonNull(words);
    }
  }
}

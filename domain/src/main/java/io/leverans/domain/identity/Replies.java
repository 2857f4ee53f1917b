package io.leverans.domain.identity;

/** Where answers go when a channel shows another address than the identity's. */
public enum Replies {
  /** To the address that the recipient sees. */
  TO_SHOWN_ADDRESS,
  /** To the identity's own, by a Reply-To (RFC 5322 §3.6.2). */
  TO_IDENTITY
}

package io.leverans.domain.message;

import io.leverans.domain.identity.EmailAddress;

/** What stands in the place of a recipient whose data was erased. */
public final class ErasedRecipient {
  /** Nobody's address, and never will be (RFC 6761 §6.4). */
  public static final EmailAddress ADDRESS = EmailAddress.parse("erased@erased.invalid");

  private ErasedRecipient() {}
}

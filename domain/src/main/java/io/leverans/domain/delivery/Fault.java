package io.leverans.domain.delivery;

/** At whose door a failure lies, and so who can mend it. */
public enum Fault {
  RECIPIENT,
  SENDER_DOMAIN,
  PLATFORM,
  CHANNEL,
  NETWORK,
  CONTENT,
  UNKNOWN
}

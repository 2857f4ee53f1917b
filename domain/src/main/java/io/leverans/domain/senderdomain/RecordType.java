package io.leverans.domain.senderdomain;

/** The kinds of DNS records that are asked for. */
public enum RecordType {
  /** Text (RFC 1035 §3.3.14): the strings of a record, put together as they are. */
  TXT,
  /** An alias (RFC 1035 §3.3.1): the name that it stands for, in lower case without a last dot. */
  CNAME,
  /**
   * A mail exchanger (RFC 1035 §3.3.9): the preference, a blank, and its name in lower case without
   * a last dot.
   */
  MX
}

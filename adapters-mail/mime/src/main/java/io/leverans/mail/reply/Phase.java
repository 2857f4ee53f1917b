package io.leverans.mail.reply;

/** Where in the conversation a reply came (RFC 5321 §3). */
public enum Phase {
  CONNECT,
  GREETING,
  HELLO,
  TLS,
  AUTH,
  MAIL,
  RCPT,
  DATA,
  /** The reply to the final dot. */
  CONTENT
}

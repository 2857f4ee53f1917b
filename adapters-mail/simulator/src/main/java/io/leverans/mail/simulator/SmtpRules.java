package io.leverans.mail.simulator;

import io.leverans.mail.simulator.Answer.Reply;
import io.leverans.mail.simulator.LineReader.Block;
import java.io.IOException;
import java.util.Optional;

/**
 * What a server decides in one client's conversation. {@link SmtpSession} sees to grammar and order
 * and asks only in a moment when the command may come. For one thread.
 */
interface SmtpRules {

  /** The server's name for itself. */
  String host();

  /** Notes what the client calls itself. */
  void greeted(String client);

  /** Forgets who signed in: the conversation starts anew, encrypted (RFC 3207 section 4.2). */
  void encrypted();

  /** What is offered now, over a connection with this TLS protocol or none. */
  Extensions extensions(Optional<String> tls);

  /** Carries out AUTH (RFC 4954); the last reply is left to the caller to say. */
  Reply signIn(String arguments, SmtpConnection connection) throws IOException;

  /** Why this return path may not send; empty if it may. */
  Optional<Reply> refusalOf(String returnPath);

  /** Decides on a recipient, who is aboard if the answer is positive. */
  Answer recipient(Envelope envelope, String recipient);

  /** Whether to hang up right after the go-ahead for a message. */
  boolean hangsUpInData(Envelope envelope);

  /** Decides on a message that was read whole and is not too large. */
  Answer end(Envelope envelope, Origin origin, Block block);

  /**
   * Where a message comes from.
   *
   * @param client the client's name for itself
   * @param tls the protocol of the encrypted connection; empty without encryption
   */
  record Origin(String client, Optional<String> tls) {}
}

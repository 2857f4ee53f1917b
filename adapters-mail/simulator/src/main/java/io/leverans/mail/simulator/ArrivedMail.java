package io.leverans.mail.simulator;

import io.leverans.mail.simulator.LineReader.Block;
import java.time.Instant;
import java.util.Optional;

/** A message as it arrived for one recipient. */
public final class ArrivedMail {
  private final String recipient;
  private final String returnPath;
  private final Instant arrivedAt;
  private final String client;
  private final Optional<String> tls;
  private final Block block;
  private final SimulatedInbox inbox;

  ArrivedMail(
      String recipient,
      String returnPath,
      Instant arrivedAt,
      String client,
      Optional<String> tls,
      Block block,
      SimulatedInbox inbox) {
    this.recipient = recipient;
    this.returnPath = returnPath;
    this.arrivedAt = arrivedAt;
    this.client = client;
    this.tls = tls;
    this.block = block;
    this.inbox = inbox;
  }

  /** The address that RCPT named. */
  public String recipient() {
    return recipient;
  }

  /** The address that MAIL named; empty for the null return path. */
  public String returnPath() {
    return returnPath;
  }

  /** When the final dot was read. */
  public Instant arrivedAt() {
    return arrivedAt;
  }

  /** The name in the client's EHLO or HELO. */
  public String client() {
    return client;
  }

  /**
   * The protocol of the encrypted connection, such as {@code TLSv1.3}; empty without encryption.
   */
  public Optional<String> tls() {
    return tls;
  }

  /** The message as the client sent it, dot-stuffing undone and nothing added. */
  public byte[] raw() {
    return block.bytes().clone();
  }

  /** The Message-ID field as it stands in the message. */
  public Optional<String> messageId() {
    return RawMail.header(block.bytes(), "Message-ID");
  }

  /** What a mail client would make of it; worked out anew at each call. */
  public MailReading reading() {
    return inbox.reader().read(this);
  }

  /** Line ends that RFC 5321 section 2.3.8 forbids, counted. */
  public LineEnds lineEnds() {
    return block.lineEnds();
  }

  /**
   * The sender's broken line ends in a message.
   *
   * @param bareLineFeeds line feeds without a carriage return before them
   * @param bareCarriageReturns carriage returns without a line feed after them
   */
  public record LineEnds(int bareLineFeeds, int bareCarriageReturns) {}

  byte[] bytes() {
    return block.bytes();
  }
}

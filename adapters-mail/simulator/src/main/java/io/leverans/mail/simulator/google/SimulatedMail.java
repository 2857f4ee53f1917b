package io.leverans.mail.simulator.google;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A mail in an account's mailbox. */
public final class SimulatedMail {
  private final String id;
  private final String threadId;
  private final Set<String> labels;
  private final Instant date;
  private final byte[] bytes;
  private final long step;
  private final MailHeader header;

  SimulatedMail(
      String id, String threadId, Set<String> labels, Instant date, byte[] bytes, long step) {
    this.id = id;
    this.threadId = threadId;
    this.labels = new TreeSet<>(labels);
    this.date = date;
    this.bytes = bytes;
    this.step = step;
    this.header = MailHeader.of(bytes);
  }

  public String id() {
    return id;
  }

  public String threadId() {
    return threadId;
  }

  /** Where it lies, such as {@code SENT} or {@code INBOX}. */
  public Set<String> labels() {
    return Set.copyOf(labels);
  }

  /** When it came into the mailbox. */
  public Instant date() {
    return date;
  }

  /** A header field, unfolded. */
  public Optional<String> header(String name) {
    return header.value(name);
  }

  /** The mail as it lies there. */
  public byte[] raw() {
    return bytes.clone();
  }

  /** At which step of the mailbox's history it came. */
  long step() {
    return step;
  }

  byte[] bytes() {
    return bytes;
  }

  MailHeader header() {
    return header;
  }
}

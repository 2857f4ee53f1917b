package io.leverans.application.port.provider;

import io.leverans.domain.delivery.ChannelFault;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a channel did when it was tried against the real server, without sending anything. The
 * transcript is the conversation, a line each, without secrets.
 */
public sealed interface Proof {
  List<String> transcript();

  /**
   * It works.
   *
   * @param findings what the server offers and what to know about it, a sentence each
   */
  record Works(List<String> findings, List<String> transcript) implements Proof {
    public Works {
      findings = List.copyOf(findings);
      transcript = List.copyOf(transcript);
    }
  }

  /**
   * It does not.
   *
   * @param field the one to change, where that is known
   * @param prevents what it keeps from working
   */
  record Fails(
      ChannelFault fault, Optional<String> field, List<String> transcript, Prevents prevents)
      implements Proof {
    /** Nothing can be sent. */
    public Fails(ChannelFault fault, Optional<String> field, List<String> transcript) {
      this(fault, field, transcript, Prevents.SENDING);
    }

    public Fails {
      Objects.requireNonNull(fault);
      Objects.requireNonNull(field);
      transcript = List.copyOf(transcript);
      Objects.requireNonNull(prevents);
    }
  }

  /** What does not work. */
  enum Prevents {
    SENDING,
    /** Mail can be sent, and the mailbox that bounces come to cannot be read. */
    READING_BOUNCES
  }
}

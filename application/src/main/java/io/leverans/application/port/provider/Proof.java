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
   */
  record Fails(ChannelFault fault, Optional<String> field, List<String> transcript)
      implements Proof {
    public Fails {
      Objects.requireNonNull(fault);
      Objects.requireNonNull(field);
      transcript = List.copyOf(transcript);
    }
  }
}

package io.leverans.web.channel;

import io.leverans.application.port.provider.Proof;
import io.leverans.application.view.ChannelView;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import java.util.List;
import java.util.Optional;

/**
 * How a channel did when it was tried, as it is told.
 *
 * @param channel as it is after that
 * @param findings what the server offers, if it works
 * @param failure why it does not
 * @param setting the one to change, where that is known
 */
record ProofJson(
    Result result,
    ChannelJson channel,
    Optional<List<String>> findings,
    Optional<FaultJson> failure,
    Optional<String> setting,
    List<String> transcript) {
  ProofJson {
    transcript = List.copyOf(transcript);
  }

  static ProofJson of(ChannelView channel, Proof proof) {
    return switch (proof) {
      case Proof.Works(var findings, var transcript) ->
          new ProofJson(
              Result.WORKS,
              ChannelJson.of(channel),
              Optional.of(findings),
              Optional.empty(),
              Optional.empty(),
              transcript);
      case Proof.Fails(var fault, var field, var transcript, _) ->
          new ProofJson(
              Result.FAILS,
              ChannelJson.of(channel),
              Optional.empty(),
              Optional.of(FaultJson.of(fault)),
              field,
              transcript);
    };
  }

  /** Whether it works. */
  enum Result {
    WORKS,
    FAILS
  }

  /** What is wrong, in the server's own words where it said any, and what to do. */
  record FaultJson(Cause cause, String words, String remedy) {
    static FaultJson of(ChannelFault fault) {
      return new FaultJson(fault.cause(), fault.words(), fault.remedy());
    }
  }
}

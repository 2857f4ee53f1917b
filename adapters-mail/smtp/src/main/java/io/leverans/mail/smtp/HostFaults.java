package io.leverans.mail.smtp;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;

/** What is wrong with a channel's host before anybody was connected to. */
final class HostFaults {
  private HostFaults() {}

  /** It says nothing of what lies there: whether anybody listens is nobody's business. */
  static ChannelFault offLimits(String host) {
    return new ChannelFault(
        Cause.POLICY,
        "The host "
            + host
            + " leads to an address that this platform does not connect to: it is neither on the"
            + " public internet nor in a network that the operator allows.",
        "Enter a host that can be reached from the internet, or ask the operator of the platform to"
            + " allow the network by the setting smtp.networks.",
        Certainty.CERTAIN);
  }

  static ChannelFault nowhere(String words) {
    return new ChannelFault(
        Cause.NETWORK_FAILURE,
        words,
        "Check the host for a typing error; your mail admin or provider knows the right name.",
        Certainty.CERTAIN);
  }

  static ChannelFault untold(String words) {
    return new ChannelFault(
        Cause.NETWORK_FAILURE,
        words,
        "Try again in some minutes; if it stays so, tell the operator of the platform.",
        Certainty.PRESUMED);
  }
}

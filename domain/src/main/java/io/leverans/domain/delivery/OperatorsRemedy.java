package io.leverans.domain.delivery;

import java.util.Map;

/** What the operator is told of faults of the platform, in plain words. */
public final class OperatorsRemedy {
  private static final Map<Cause, String> NEXT =
      Map.of(
          Cause.REPUTATION_BLOCK,
          "Look for the address that the words name, and for a list or a page that they name. Ask"
              + " there for the block to be lifted, and find out first what was sent: a list that"
              + " sees more of it blocks again. Mail goes on being tried meanwhile, as long as it"
              + " should be.",
          Cause.SENDER_DNS,
          "Publish a PTR record for the address that the platform sends from, naming a host whose"
              + " own address record leads back to it, and let the servers greet with that host's"
              + " name. Whoever gave you the address sets its PTR record. Then try again what has"
              + " failed for it.");
  private static final Map<Cause, String> HEADLINES =
      Map.of(
          Cause.REPUTATION_BLOCK, "the platform's servers are blocked",
          Cause.SENDER_DNS, "DNS records of the platform's servers are missing or wrong");

  private OperatorsRemedy() {}

  /** What to do next. */
  public static String of(Cause cause) {
    return NEXT.getOrDefault(cause, cause.remedy());
  }

  /** What it is, in half a sentence. */
  public static String headlineOf(Cause cause) {
    return HEADLINES.getOrDefault(cause, "the platform's servers are at fault");
  }
}

package io.leverans.mail.reply;

import io.leverans.domain.delivery.LaneSign;
import io.leverans.mail.reply.ReplyRule.Traits;
import java.util.List;
import java.util.Optional;

/**
 * What a reply that refuses for now says about all other mail on the same way, by the table {@code
 * lanes.tsv}. Safe for use by many threads.
 */
public final class LaneSigns {
  private static final List<ReplyRule<LaneSign>> RULES =
      ReplyRule.table("lanes.tsv", LaneSigns::sign);

  private LaneSigns() {}

  private static LaneSign sign(String cell) {
    LaneSign sign = LaneSign.valueOf(cell);
    return switch (sign) {
      case ANSWERS, SLOW_DOWN -> sign;
      case NOTHING, OUT_OF_REACH ->
          throw new IllegalArgumentException("no reply says " + cell + " of a lane");
    };
  }

  /** The first row that fits; else a wait that is named asks for it. */
  public static LaneSign of(ServerReply reply) {
    Traits traits = Traits.of(reply);
    return RULES.stream()
        .filter(rule -> rule.fits(traits))
        .map(ReplyRule::meaning)
        .findFirst()
        .orElseGet(() -> byWait(reply));
  }

  private static LaneSign byWait(ServerReply reply) {
    Optional<?> wait = NamedWait.in(reply.text());
    return wait.isPresent() ? LaneSign.SLOW_DOWN : LaneSign.ANSWERS;
  }
}

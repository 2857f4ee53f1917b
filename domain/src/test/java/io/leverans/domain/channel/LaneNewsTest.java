package io.leverans.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.channel.LaneNews.Flows;
import io.leverans.domain.channel.LaneNews.Nothing;
import io.leverans.domain.channel.LaneNews.Trouble;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.LaneSign;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LaneNewsTest {
  private static final Failure SLOW = Failure.of(Cause.RATE_LIMITED, "421 too much");
  private static final Failure LOST = Failure.of(Cause.NETWORK_FAILURE, "Connection refused");
  private static final Failure GONE = Failure.of(Cause.MAILBOX_UNKNOWN, "550 no such user");
  private static final Optional<NextHop> SPOKEN_WITH =
      Optional.of(new NextHop("mx.example.org", "192.0.2.1:25", new NextHop.Security.Plain("no")));

  private static LaneNews news(Outcome... outcomes) {
    return news(Optional.empty(), outcomes);
  }

  private static LaneNews news(Optional<NextHop> hop, Outcome... outcomes) {
    Map<DeliveryId, Outcome> all = new HashMap<>();
    for (Outcome outcome : outcomes) {
      all.put(new DeliveryId(new UUID(0, all.size())), outcome);
    }
    return LaneNews.of(new AttemptReport(all, hop, List.of()));
  }

  private static Outcome deferred(Failure failure, LaneSign sign) {
    return new Outcome.Deferred(failure, Optional.empty(), sign);
  }

  @Test
  void who_asks_for_less_slows_the_lane_for_the_longest_wait() {
    Outcome brief =
        new Outcome.Deferred(SLOW, Optional.of(Duration.ofMinutes(1)), LaneSign.SLOW_DOWN);
    Outcome longer =
        new Outcome.Deferred(SLOW, Optional.of(Duration.ofMinutes(9)), LaneSign.SLOW_DOWN);

    assertThat(news(brief, longer, new Outcome.Accepted(Evidence.RELAY, "250 ok")))
        .isEqualTo(new Trouble(Impediment.SLOWED, SLOW, Optional.of(Duration.ofMinutes(9))));
  }

  @Test
  void a_broken_link_is_out_of_reach_before_and_after_the_hand_over() {
    var trouble = new Trouble(Impediment.OUT_OF_REACH, LOST, Optional.empty());

    assertThat(news(deferred(LOST, LaneSign.OUT_OF_REACH))).isEqualTo(trouble);
    assertThat(news(new Outcome.InDoubt(LOST))).isEqualTo(trouble);
    assertThat(news(new Outcome.InDoubt(Failure.of(Cause.PROTOCOL_ERROR, "what"))))
        .isEqualTo(new Nothing());
  }

  @Test
  void it_flows_where_the_other_side_spoke_with_us() {
    assertThat(news(new Outcome.Accepted(Evidence.RELAY, "250 ok"))).isEqualTo(new Flows());
    assertThat(news(deferred(GONE, LaneSign.ANSWERS))).isEqualTo(new Flows());
    assertThat(news(SPOKEN_WITH, new Outcome.Rejected(GONE))).isEqualTo(new Flows());
  }

  @Test
  void what_was_refused_without_the_other_side_tells_nothing() {
    assertThat(news(new Outcome.Rejected(Failure.of(Cause.DOMAIN_UNKNOWN, "no such domain"))))
        .isEqualTo(new Nothing());
    assertThat(news(deferred(SLOW, LaneSign.NOTHING))).isEqualTo(new Nothing());
    assertThat(news(new Outcome.HeldBack(Duration.ofSeconds(1)))).isEqualTo(new Nothing());
    assertThat(
            news(
                new Outcome.NotTried(
                    new ChannelFault(Cause.QUOTA_SPENT, "spent", "Wait.", Certainty.CERTAIN),
                    Optional.empty())))
        .isEqualTo(new Nothing());
    assertThat(news()).isEqualTo(new Nothing());
  }
}

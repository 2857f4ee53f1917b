package io.leverans.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.InquireDoubts;
import io.leverans.application.port.out.Doubts;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Finding;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is found out about mail in doubt, and what follows. */
class InquireDoubtsServiceTest {
  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Channel channel =
      own.connected(
          deployment.member, Ownership.MEMBER, Map.of(PigeonProvider.LOFT, "the old mill"));
  private final OneDoubt doubts = new OneDoubt();
  private final List<Instant> asked = new ArrayList<>();

  @Test
  void what_the_provider_took_is_settled_by_its_reference() {
    finding(new Finding.Happened("in the loft"));

    assertThat(inquire()).isEqualTo(new InquireDoubts.Result(1, 0));
    assertThat(doubts.told).containsExactly("in the loft");
    assertThat(asked).containsExactly(doubts.handedOverAt);
  }

  @Test
  void what_the_provider_never_took_is_tried_again() {
    finding(new Finding.DidNotHappen());

    assertThat(inquire()).isEqualTo(new InquireDoubts.Result(0, 1));
    assertThat(doubts.told).containsExactly("not sent");
  }

  @Test
  void what_nobody_can_tell_stays_in_doubt() {
    finding(new Finding.CannotTell("too dark"));

    assertThat(inquire()).isEqualTo(new InquireDoubts.Result(0, 0));
    assertThat(doubts.told).isEmpty();
  }

  @Test
  void through_a_channel_that_needs_attention_nobody_is_asked() {
    finding(new Finding.DidNotHappen());
    var _ = own.atFault(channel);

    assertThat(inquire()).isEqualTo(new InquireDoubts.Result(0, 0));
    assertThat(asked).isEmpty();
  }

  @Test
  void where_no_kind_can_tell_nothing_is_taken_on() {
    assertThat(inquire()).isEqualTo(new InquireDoubts.Result(0, 0));
    assertThat(doubts.kinds).isEmpty();
  }

  private void finding(Finding finding) {
    own.pigeon.inquiry =
        Optional.of(
            (_, _, handedOverAt, _) -> {
              asked.add(handedOverAt);
              return finding;
            });
  }

  private InquireDoubts.Result inquire() {
    var usable = new UsableChannels(deployment.channels, own.opening, deployment::now);
    return new InquireDoubtsService(doubts, deployment.channels, own.providers, usable).inquire();
  }

  /** One dispatch that was handed over a minute ago. */
  private final class OneDoubt implements Doubts {
    final Instant handedOverAt = deployment.now().minusSeconds(60);
    final List<String> told = new ArrayList<>();
    final List<ChannelKind> kinds = new ArrayList<>();

    @Override
    public List<TeamId> teams(int atMost) {
      return List.of(deployment.member.team());
    }

    @Override
    public List<Doubt> take(TeamId team, Set<ChannelKind> asked, Duration pause, int atMost) {
      kinds.addAll(asked);
      Dispatch dispatch =
          Claims.claim(
                  deployment, Duration.ZERO, channel.id(), new DeliveryId(deployment.ids.next()))
              .dispatch();
      return List.of(new Doubt(dispatch, channel.id(), handedOverAt, deployment.now()));
    }

    @Override
    public int shownSent(Doubt doubt, String reference) {
      told.add(reference);
      return 1;
    }

    @Override
    public int shownNotSent(Doubt doubt) {
      told.add("not sent");
      return 1;
    }
  }
}

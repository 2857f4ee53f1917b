package io.leverans.application.service.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.InquireDoubts.Failure;
import io.leverans.application.port.out.Doubts;
import io.leverans.application.port.out.Doubts.Patience;
import io.leverans.application.port.out.Doubts.Unresolved;
import io.leverans.application.port.provider.Renewal;
import io.leverans.application.service.Claims;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.Gatekeeper;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Finding;
import io.leverans.domain.delivery.HandOverInquiry;
import io.leverans.domain.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is found out about mail in doubt, and what follows. */
class InquireDoubtsServiceTest {
  private static final Finding SENT = new Finding.Happened("in the loft");

  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Channel channel = loft("the old mill");
  private final WaitingDoubts doubts = new WaitingDoubts();
  private final List<Instant> asked = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  @Test
  void what_the_provider_took_is_settled_by_its_reference() {
    doubts.add(channel.id(), 1);
    finding(SENT);

    inquire();

    assertThat(doubts.told).containsExactly("in the loft");
    assertThat(asked).containsExactly(doubts.handedOverAt);
  }

  @Test
  void what_the_provider_never_took_is_tried_again() {
    doubts.add(channel.id(), 1);
    finding(new Finding.DidNotHappen());

    inquire();

    assertThat(doubts.told).containsExactly("not sent");
  }

  @Test
  void what_nobody_can_tell_stays_in_doubt() {
    doubts.add(channel.id(), 1);
    finding(new Finding.CannotTell("too dark"));

    inquire();

    assertThat(doubts.told).isEmpty();
    assertThat(failures).isEmpty();
  }

  @Test
  void through_a_channel_that_needs_attention_nobody_is_asked() {
    doubts.add(channel.id(), 1);
    finding(SENT);
    var _ = own.atFault(channel);

    inquire();

    assertThat(asked).isEmpty();
  }

  @Test
  void what_nobody_can_find_out_about_goes_as_its_owner_chose_each_for_itself() {
    for (int i = 0; i < 3; i++) {
      doubts.unresolved.add(
          new Unresolved(
              deployment.member.team(), new MessageId(deployment.ids.next()), channel.id()));
    }

    inquire();

    assertThat(doubts.told).containsExactly("as chosen", "as chosen");
    assertThat(failures).hasSize(1);
    assertThat(doubts.patiences)
        .containsExactly(new Patience(Duration.ofMinutes(15), Duration.ofDays(3), Set.of(), 2));
  }

  @Test
  void where_no_kind_can_tell_nothing_is_looked_for() {
    doubts.add(channel.id(), 1);

    inquire();

    assertThat(doubts.kinds).isEmpty();
  }

  @Test
  void a_channel_whose_kind_cannot_tell_is_not_opened() {
    doubts.add(channel.id(), 1);
    var gatekeeper = new Gatekeeper();
    finding(SENT);
    InquireDoubtsService service = service(Runnable::run);
    own.pigeon.flow = Optional.of(gatekeeper);
    own.pigeon.inquiry = Optional.empty();
    wearOut(gatekeeper);

    service.inquire();

    assertThat(gatekeeper.renewed).isEmpty();
    assertThat(doubts.left(channel.id())).isZero();
  }

  @Test
  void a_channel_that_was_shut_is_told_so_and_not_asked_for_the_next() {
    doubts.add(channel.id(), 2);
    var gatekeeper = new Gatekeeper();
    finding(SENT);
    own.pigeon.flow = Optional.of(gatekeeper);
    wearOut(gatekeeper);
    var shut = new ChannelFault(Cause.CREDENTIALS_REFUSED, "shut", "Tell Tom.", Certainty.CERTAIN);
    gatekeeper.renewal = Optional.of(Renewal.Refused.untilOperatorActs(shut));

    inquire();

    assertThat(asked).isEmpty();
    assertThat(gatekeeper.renewed).hasSize(1);
    assertThat(own.stored(channel).health())
        .isEqualTo(
            new ChannelHealth.NeedsAttention(
                shut, deployment.now(), Optional.of(deployment.now().plus(Duration.ofHours(1)))));
  }

  /** The channel is now one that an account's owner let us into, once. */
  private void wearOut(Gatekeeper gatekeeper) {
    var _ =
        deployment.channels.reconnect(
            deployment.member.team(),
            channel.id(),
            new ChannelSettings(Map.of(Gatekeeper.OWNER, "old Tom")),
            own.opening.seal(channel.id(), Map.of(PigeonProvider.RING, gatekeeper.wornOut)));
  }

  @Test
  void what_goes_wrong_with_one_is_told_and_the_next_is_asked_about() {
    doubts.add(channel.id(), 2);
    var broken = new IllegalStateException("the pigeon bit");
    own.pigeon.inquiry =
        Optional.of(
            (_, _, _, _) -> {
              asked.add(deployment.now());
              if (asked.size() == 1) {
                throw broken;
              }
              return SENT;
            });

    inquire();

    assertThat(failures)
        .containsExactly(new Failure(deployment.member.team(), channel.id(), broken));
    assertThat(doubts.told).containsExactly("in the loft");
  }

  @Test
  void a_slow_provider_holds_up_no_other_channel() throws Exception {
    Channel other = loft("the new mill");
    doubts.add(channel.id(), 1);
    doubts.add(other.id(), 1);
    var answer = new CountDownLatch(1);
    var askedSlowOne = new CountDownLatch(1);
    var askedOther = new CountDownLatch(2);
    HandOverInquiry inquiry =
        (_, open, _, _) -> {
          if (open.id().equals(channel.id())) {
            askedSlowOne.countDown();
            await(answer);
          } else {
            askedOther.countDown();
          }
          return SENT;
        };
    own.pigeon.inquiry = Optional.of(inquiry);
    List<Thread> threads = new ArrayList<>();
    InquireDoubtsService service = service(task -> threads.add(Thread.ofVirtual().start(task)));

    service.inquire();
    await(askedSlowOne);
    threads.getLast().join();
    doubts.add(channel.id(), 1);
    doubts.add(other.id(), 1);
    service.inquire();
    await(askedOther);

    assertThat(threads).as("nobody else asks of the slow one meanwhile").hasSize(3);
    answer.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(doubts.told).hasSize(4);
    assertThat(doubts.left(channel.id())).isZero();
  }

  @Test
  void of_many_channels_some_are_asked_at_once_and_the_rest_in_their_turn() {
    finding(SENT);
    for (int i = 0; i <= InquireDoubtsService.CHANNELS_AT_ONCE; i++) {
      doubts.add(new ChannelId(deployment.ids.next()), 1);
    }
    List<Runnable> begun = new ArrayList<>();
    InquireDoubtsService service = service(begun::add);

    service.inquire();
    service.inquire();
    assertThat(begun).hasSize(InquireDoubtsService.CHANNELS_AT_ONCE);

    begun.forEach(Runnable::run);
    service.inquire();
    assertThat(begun).hasSize(InquireDoubtsService.CHANNELS_AT_ONCE + 1);
  }

  private Channel loft(String place) {
    return own.connected(deployment.member, Ownership.MEMBER, Map.of(PigeonProvider.LOFT, place));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void finding(Finding finding) {
    own.pigeon.inquiry =
        Optional.of(
            (_, _, handedOverAt, _) -> {
              asked.add(handedOverAt);
              return finding;
            });
  }

  private void inquire() {
    service(Runnable::run).inquire();
  }

  private InquireDoubtsService service(Executor executor) {
    var usable = new UsableChannels(deployment.channels, own.opening, deployment::now, _ -> {});
    return new InquireDoubtsService(
        doubts, deployment.channels, own.providers, usable, executor, failures::add);
  }

  /** Dispatches that were handed over a minute ago; each is due once. */
  private final class WaitingDoubts implements Doubts {
    final Instant handedOverAt = deployment.now().minusSeconds(60);
    final Queue<String> told = new ConcurrentLinkedQueue<>();
    final List<ChannelKind> kinds = new ArrayList<>();
    final List<Unresolved> unresolved = new ArrayList<>();
    final List<Patience> patiences = new ArrayList<>();
    private final Map<Place, Integer> waiting = new LinkedHashMap<>();

    synchronized void add(ChannelId channel, int number) {
      waiting.merge(new Place(deployment.member.team(), channel), number, Integer::sum);
    }

    synchronized int left(ChannelId channel) {
      return waiting.getOrDefault(new Place(deployment.member.team(), channel), 0);
    }

    @Override
    public synchronized List<Place> due(Set<ChannelKind> asked, Rhythm rhythm, int atMost) {
      kinds.addAll(asked);
      return waiting.keySet().stream().filter(place -> left(place.channel()) > 0).toList();
    }

    @Override
    public synchronized Optional<Doubt> take(Place place, Rhythm rhythm) {
      if (left(place.channel()) == 0) {
        return Optional.empty();
      }
      waiting.merge(place, -1, Integer::sum);
      var delivery = new DeliveryId(deployment.ids.next());
      return Optional.of(
          new Doubt(
              Claims.claim(deployment, Duration.ZERO, place.channel(), delivery).dispatch(),
              place.channel(),
              handedOverAt,
              deployment.now()));
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

    @Override
    public List<Unresolved> unresolved(Patience patience, int atMost) {
      patiences.add(patience);
      return List.copyOf(unresolved);
    }

    @Override
    public int doAsChosen(Unresolved mail, Patience patience) {
      if (mail.equals(unresolved.getFirst())) {
        throw new IllegalStateException("a row that cannot be read");
      }
      told.add("as chosen");
      return 1;
    }
  }
}

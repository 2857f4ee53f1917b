package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What {@link Events} promises. */
public interface EventsContract extends StoreContract {
  private Events events() {
    return store().events();
  }

  @Test
  default void an_event_is_seen_once_it_has_its_number() {
    var sender = new Sender(store());

    assertThat(events().after(sender.team(), 0, 10)).isEmpty();
    assertThat(events().teamsWithUnnumbered(10_000)).contains(sender.team());
    assertThat(events().number(sender.team())).isEqualTo(1);

    assertThat(events().after(sender.team(), 0, 10))
        .extracting(Event::number, Event::kind)
        .containsExactly(tuple(1L, EventKind.IDENTITY_CREATED));
    assertThat(events().teamsWithUnnumbered(10_000)).doesNotContain(sender.team());
    assertThat(events().number(sender.team())).isZero();
  }

  @Test
  default void a_feed_is_read_on_from_any_number() {
    var sender = new Sender(store());
    for (int i = 0; i < 4; i++) {
      var _ = sender.accept(sender.mail("bo@example.com"));
    }
    var _ = sender.events();

    assertThat(events().after(sender.team(), 2, 2))
        .extracting(Event::number)
        .containsExactly(3L, 4L);
    assertThat(events().after(sender.team(), 5, 2)).isEmpty();
  }

  @Test
  default void what_caused_something_comes_before_it() {
    var sender = new Sender(store());
    sender.deliver(sender.claimNew());

    assertThat(sender.told())
        .containsExactly(
            EventKind.IDENTITY_CREATED, EventKind.MESSAGE_ACCEPTED, EventKind.DELIVERY_ACCEPTED);
  }

  @Test
  default void each_team_counts_for_itself() {
    var one = new Sender(store());
    var other = new Sender(store());

    assertThat(one.events()).extracting(Event::number).containsExactly(1L);
    assertThat(other.events()).extracting(Event::number).containsExactly(1L);
  }

  @Test
  default void numbers_have_no_gap_and_a_reader_skips_none_while_many_write_and_number()
      throws Exception {
    var sender = new Sender(store());
    int writers = 4;
    int each = 15;
    int expected = writers * each + 1;
    var writing = new AtomicInteger(writers);

    List<List<Long>> read =
        atTheSameTime(
            writers + 3,
            which -> {
              if (which < writers) {
                for (int i = 0; i < each; i++) {
                  var _ = sender.accept(sender.mail("bo@example.com"));
                }
                writing.decrementAndGet();
                return List.of();
              }
              if (which < writers + 2) {
                while (writing.get() > 0 || events().number(sender.team()) > 0) {
                  int _ = events().number(sender.team());
                }
                return List.of();
              }
              return readOn(sender, expected);
            });
    assertThat(read.getLast())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, expected).boxed().toList());
  }

  /** Numbers as they come up for one who always asks for what comes after the last one seen. */
  private List<Long> readOn(Sender sender, int expected) {
    List<Long> seen = new ArrayList<>();
    while (seen.size() < expected) {
      int _ = events().number(sender.team());
      long last = seen.isEmpty() ? 0 : seen.getLast();
      events().after(sender.team(), last, 7).forEach(event -> seen.add(event.number()));
    }
    return seen;
  }
}

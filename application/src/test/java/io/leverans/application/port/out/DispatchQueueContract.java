package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Urgency;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What {@link DispatchQueue} promises of lines, lanes and claims. */
public interface DispatchQueueContract extends StoreContract {
  private DispatchQueue queue() {
    return store().queue();
  }

  @Test
  default void accepted_mail_is_due_at_once_and_claimed_with_all_that_sending_needs()
      throws IOException {
    var sender = new Sender(store());
    NewMail mail = sender.mailTogether("bo@example.com", "cy@example.com");
    var _ = sender.accept(mail);

    Claim claim = sender.claimOne();

    assertThat(claim.dispatch().message()).isEqualTo(mail.message().id());
    assertThat(claim.dispatch().sender()).hasToString("astrid@sender.example");
    assertThat(claim.dispatch().attempt()).isEqualTo(1);
    assertThat(claim.dispatch().lane()).isEqualTo(mail.dispatches().getFirst().lane());
    assertThat(claim.dispatch().envelopes())
        .extracting(envelope -> envelope.recipient().toString())
        .containsExactlyInAnyOrder("bo@example.com", "cy@example.com");
    assertThat(claim.dispatch().content().toArray()).isEqualTo(mail.composed().toArray());
    assertThat(claim.channel()).isEqualTo(sender.channel());
    assertThat(claim.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
  }

  @Test
  default void a_large_message_comes_whole() throws IOException {
    var sender = new Sender(store());
    var bytes = new byte[700_000];
    Arrays.fill(bytes, (byte) 'x');
    var _ = sender.accept(ChangedMail.withContent(sender.mail("bo@example.com"), bytes));

    var content = sender.claimOne().dispatch().content();

    assertThat(content.size()).isEqualTo(bytes.length);
    assertThat(content.toArray()).isEqualTo(bytes);
    assertThat(content.toArray()).as("and once more").isEqualTo(bytes);
  }

  @Test
  default void a_claim_is_not_given_twice() throws Exception {
    var sender = new Sender(store());
    var _ = sender.accept(sender.mail(Sender.recipients(60)));

    List<Claim> claimed =
        atTheSameTime(4, _ -> drain(sender)).stream().flatMap(List::stream).toList();

    assertThat(claimed)
        .extracting(claim -> claim.dispatch().id())
        .hasSize(60)
        .doesNotHaveDuplicates();
    claimed.forEach(sender::handOver);
  }

  private static List<Claim> drain(Sender sender) {
    List<Claim> drained = new ArrayList<>();
    List<Claim> claims = sender.claim(3);
    while (!claims.isEmpty()) {
      drained.addAll(claims);
      claims = sender.claim(3);
    }
    return drained;
  }

  @Test
  default void a_claim_takes_the_oldest_first_and_no_more_than_asked_for() {
    var sender = new Sender(store());
    MessageId first = sender.accept(sender.mail("bo@example.com"));
    MessageId second = sender.accept(sender.mail("bo@example.com"));

    assertThat(sender.claim(1))
        .extracting(claim -> claim.dispatch().message())
        .containsExactly(first);
    assertThat(sender.claim(5))
        .extracting(claim -> claim.dispatch().message())
        .containsExactly(second);
  }

  @Test
  default void a_lane_that_is_not_named_is_left_alone() {
    var sender = new Sender(store());
    var _ = sender.accept(sender.mail("bo@slow.example", "cy@quick.example"));

    List<Line> lines = sender.readyLines();
    assertThat(lines)
        .extracting(line -> line.lane().name())
        .containsExactly("quick.example", "slow.example");
    assertThat(sender.claim(Map.of(lines.getFirst(), 10)))
        .singleElement()
        .satisfies(claim -> assertThat(claim.dispatch().lane().name()).isEqualTo("quick.example"));
    assertThat(sender.readyLines()).containsExactly(lines.getLast());
  }

  @Test
  default void each_sender_has_a_line_of_its_own_and_bulk_mail_waits_apart() {
    var sender = new Sender(store());
    IdentityId other = sender.identity("other@sender.example");
    var _ = sender.accept(sender.mail("bo@example.com"));
    var _ = sender.accept(sender.mail("bo@example.com"));
    var _ = sender.accept(ChangedMail.from(other, sender.mail("bo@example.com")));
    var _ = sender.accept(sender.letters().systemMail("bo@example.com"));
    MessageId bulk = sender.accept(ChangedMail.inBulk(sender.mail("bo@example.com")));

    List<Line> lines = sender.readyLines();

    assertThat(lines)
        .extracting(Line::urgency, Line::sender)
        .containsExactlyInAnyOrder(
            tuple(Urgency.PERSONAL, Optional.of(sender.identity())),
            tuple(Urgency.PERSONAL, Optional.of(other)),
            tuple(Urgency.PERSONAL, Optional.empty()),
            tuple(Urgency.BULK, Optional.of(sender.identity())));
    assertThat(sender.claim(Map.of(lines.getLast(), 5)))
        .singleElement()
        .satisfies(claim -> assertThat(claim.dispatch().message()).isEqualTo(bulk));
  }

  @Test
  default void lines_and_lanes_are_named_from_after_one_on_in_an_order_that_stays() {
    var sender = new Sender(store());
    for (String name : List.of("ada", "bea", "cia")) {
      IdentityId identity = sender.identity(name + "@sender.example");
      var _ =
          sender.accept(ChangedMail.from(identity, sender.mail("bo@a.example", "bo@b.example")));
    }
    Lane first = new Lane("a.example");
    List<Line> all = sender.readyLines().stream().filter(on(first)).toList();

    assertThat(queue().readyLanes(sender.team(), Optional.of(first), 5))
        .containsExactly(new Lane("b.example"));
    assertThat(queue().readyLanes(sender.team(), Optional.empty(), 1)).containsExactly(first);
    assertThat(
            queue()
                .readyLines(
                    sender.team(),
                    List.of(
                        new LineSearch(first, Urgency.PERSONAL, Optional.of(all.getFirst()), 5),
                        new LineSearch(first, Urgency.PERSONAL, Optional.empty(), 2))))
        .containsExactly(all.get(1), all.get(2), all.get(0), all.get(1));
  }

  private static Predicate<Line> on(Lane lane) {
    return line -> line.lane().equals(lane);
  }

  @Test
  default void what_was_withdrawn_while_it_waited_for_its_turn_is_not_claimed() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));
    assertThat(sender.order(message, DeliveryFact.CANCELLED)).isEqualTo(1);

    assertThat(sender.readyLines()).isEmpty();
    assertThat(sender.claim()).isEmpty();
    assertThat(queue().teamsWithDueMail(10_000)).doesNotContain(sender.team());
  }

  @Test
  default void only_teams_with_due_mail_are_named_each_in_turn() {
    var one = new Sender(store());
    var other = new Sender(store());
    var idle = new Sender(store());
    var _ = one.accept(one.mail("bo@example.com"));
    var _ = other.accept(other.mail("bo@example.com"));

    assertThat(queue().teamsWithDueMail(10_000))
        .contains(one.team(), other.team())
        .doesNotContain(idle.team());
    assertThat(List.of(queue().teamsWithDueMail(1), queue().teamsWithDueMail(1)))
        .as("one after the other")
        .doesNotHaveDuplicates();
    var _ = one.claim();
    assertThat(queue().teamsWithDueMail(10_000)).doesNotContain(one.team());
  }
}

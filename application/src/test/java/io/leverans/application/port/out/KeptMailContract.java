package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.out.KeptMail.Batch;
import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.application.port.out.KeptMail.Position;
import io.leverans.application.view.AttemptView;
import io.leverans.application.view.Caller;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link KeptMail} promises, and {@link Messages} of what it purged. */
public interface KeptMailContract extends StoreContract {
  Duration DAY = Duration.ofDays(1);
  Duration MONTH = Duration.ofDays(30);
  String RAW_BOUNCE = "From: <>\r\n\r\nbounce";

  KeptMail kept();

  /** As if everything that is stored had happened so much earlier. */
  void age(Duration by);

  private int purge(TeamId team, Part part) {
    int purged = 0;
    Optional<Position> after = Optional.empty();
    do {
      Batch batch = kept().purge(team, part, MONTH, after);
      purged += batch.purged();
      after = batch.next();
    } while (after.isPresent());
    return purged;
  }

  private int purgeAll(TeamId team) {
    return Stream.of(Part.values()).mapToInt(part -> purge(team, part)).sum();
  }

  private MessageId delivered(Sender sender) {
    Claim claim = sender.claimNew();
    sender.deliver(claim);
    return claim.dispatch().message();
  }

  /** Refused for good. */
  private MessageId failed(Sender sender) {
    Claim claim = sender.claimNew();
    refuse(sender, claim);
    return claim.dispatch().message();
  }

  private static void refuse(Sender sender, Claim claim) {
    sender.settle(
        claim, new Outcome.Rejected(Sender.BY_RULE), new NextStep.Settle(DeliveryFact.REJECTED));
  }

  private static void loseAnswer(Sender sender, Claim claim) {
    sender.handOver(claim);
    sender.settle(
        claim,
        new Outcome.InDoubt(Failure.of(Sender.FULL.cause(), "the link broke")),
        new NextStep.Settle(DeliveryFact.ANSWER_LOST));
  }

  private boolean hasContent(Sender sender, MessageId message) {
    return store()
        .messages()
        .findDispatch(sender.team(), sender.read(message).deliveries().getFirst().id())
        .isPresent();
  }

  private static List<List<String>> transcripts(Sender sender, MessageId message) {
    return sender.onlyDelivery(message).attempts().stream().map(AttemptView::transcript).toList();
  }

  // What is unsettled

  static Collection<DeliveryState> unsettled() {
    return DeliveryState.UNSETTLED;
  }

  private MessageId in(DeliveryState state, Sender sender) {
    return switch (state) {
      case SCHEDULED ->
          sender.accept(
              sender.scheduled(
                  sender.mail("bo@example.com"),
                  new Schedule(Optional.of(Instant.now().plus(DAY)), Optional.empty())));
      case QUEUED -> {
        Claim claim = sender.claimNew();
        sender.settleDeferred(claim, DAY);
        yield claim.dispatch().message();
      }
      case SENDING -> sender.claimNew().dispatch().message();
      case HANDED_OVER -> {
        Claim claim = sender.claimNew();
        sender.handOver(claim);
        yield claim.dispatch().message();
      }
      case WAITING -> {
        Claim claim = sender.claimNew();
        Parking.park(sender, claim);
        yield claim.dispatch().message();
      }
      case IN_DOUBT -> {
        Claim claim = sender.claimNew();
        loseAnswer(sender, claim);
        yield claim.dispatch().message();
      }
      default -> throw new IllegalArgumentException(state + " is settled");
    };
  }

  @ParameterizedTest
  @MethodSource("unsettled")
  default void what_is_unsettled_is_never_purged_however_old(DeliveryState state)
      throws IOException {
    var sender = new Sender(store());
    MessageId message = in(state, sender);
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(state);
    List<List<String>> transcripts = transcripts(sender, message);
    ReportId report = bounceThatTellsNothing(sender, message);
    age(MONTH.multipliedBy(12));

    assertThat(purgeAll(sender.team())).isZero();

    assertThat(hasContent(sender, message)).isTrue();
    assertThat(sender.read(message).contentPurgedAt()).isEmpty();
    assertThat(transcripts(sender, message)).isEqualTo(transcripts);
    assertThat(rawOf(sender.caller(), report)).isEqualTo(RAW_BOUNCE);
  }

  @Test
  default void of_a_message_with_anything_unsettled_nothing_is_purged() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com", "cy@example.com"));
    List<Claim> claims = sender.claim();
    sender.deliver(claims.getFirst());
    loseAnswer(sender, claims.getLast());
    age(MONTH.multipliedBy(2));

    assertThat(purgeAll(sender.team())).isZero();
    assertThat(sender.order(message, DeliveryFact.DECLARED_FAILED)).isOne();
    age(DAY);

    assertThat(purge(sender.team(), Part.BODIES)).isOne();
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isEqualTo(2);
  }

  @Test
  default void unsettled_mail_holds_up_the_purge_of_no_other() {
    var sender = new Sender(store());
    for (int i = 0; i < 130; i++) {
      var _ = sender.accept(sender.mail("bo@example.com"));
    }
    sender.claim(130).forEach(claim -> loseAnswer(sender, claim));
    MessageId behind = delivered(sender);
    age(MONTH.plusDays(1));

    assertThat(purge(sender.team(), Part.BODIES)).isOne();
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();
    assertThat(hasContent(sender, behind)).isFalse();
    assertThat(sender.messagesIn(Folder.IN_DOUBT)).hasSize(100);
  }

  // Bodies

  @Test
  default void an_old_body_is_purged_and_what_is_told_of_the_message_stays() {
    var sender = new Sender(store());
    MessageId message = delivered(sender);
    age(MONTH.plusDays(1));
    var before = sender.read(message);

    assertThat(purge(sender.team(), Part.BODIES)).isOne();

    assertThat(hasContent(sender, message)).isFalse();
    var after = sender.read(message);
    assertThat(after.contentPurgedAt())
        .hasValueSatisfying(at -> assertThat(at).isAfter(after.acceptedAt()));
    assertThat(after.deliveries()).isEqualTo(before.deliveries());
    assertThat(after.subject()).isEqualTo(before.subject());
    assertThat(after.size()).isEqualTo(before.size());
    assertThat(sender.messagesIn(Folder.SENT)).containsExactly(message);
    assertThat(purge(sender.team(), Part.BODIES)).isZero();
  }

  @Test
  default void a_body_that_is_young_or_was_sent_lately_or_is_anothers_stays() {
    var sender = new Sender(store());
    MessageId old = failed(sender);
    age(Duration.ofDays(20));
    MessageId young = delivered(sender);
    assertThat(sender.order(old, DeliveryFact.RETRY_ORDERED)).isOne();
    sender.deliver(sender.claimOne());
    var other = new Sender(store());
    MessageId others = delivered(other);
    age(Duration.ofDays(20));

    assertThat(purge(sender.team(), Part.BODIES)).isZero();
    age(Duration.ofDays(11));
    assertThat(purge(sender.team(), Part.BODIES)).isEqualTo(2);

    assertThat(hasContent(sender, old)).isFalse();
    assertThat(hasContent(sender, young)).isFalse();
    assertThat(hasContent(other, others)).isTrue();
  }

  @Test
  default void a_body_of_which_something_was_heard_lately_stays_so_that_it_can_be_sent_again() {
    var sender = new Sender(store());
    MessageId message = delivered(sender);
    age(MONTH.plusDays(1));
    var _ =
        receive(
            new Link.Genuine(sender.team(), sender.onlyDelivery(message).id()),
            new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.BY_RULE));

    assertThat(purge(sender.team(), Part.BODIES)).isZero();
    age(MONTH.plusDays(1));
    assertThat(purge(sender.team(), Part.BODIES)).isOne();
  }

  @Test
  default void a_body_that_was_to_be_sent_lately_stays() {
    var sender = new Sender(store());
    MessageId message = in(DeliveryState.SCHEDULED, sender);
    age(MONTH.plusDays(1));
    assertThat(sender.order(message, DeliveryFact.CANCELLED)).isOne();

    assertThat(purge(sender.team(), Part.BODIES)).isZero();
  }

  @Test
  default void large_bodies_and_those_of_logged_mail_are_purged_too() {
    var sender = new Sender(store());
    MessageId large =
        sender.accept(sender.withContent(sender.mail("bo@example.com"), new byte[600 * 1024]));
    sender.deliver(sender.claimOne());
    MessageId logged = sender.log("<1@mailbox.example>");
    age(MONTH.plusDays(1));

    assertThat(purge(sender.team(), Part.BODIES)).isEqualTo(2);

    assertThat(hasContent(sender, large)).isFalse();
    assertThat(store().messages().findLogged(sender.team(), logged)).isEmpty();
    assertThat(sender.read(logged).contentPurgedAt()).isPresent();
    assertThat(store().messages().log(sender.loggedMail("<1@mailbox.example>")))
        .isEqualTo(new Messages.Logging.KnownAlready(logged));
  }

  @Test
  default void many_bodies_go_batch_by_batch() {
    var sender = new Sender(store());
    for (int i = 0; i < 120; i++) {
      var _ = sender.log("<" + i + "@mailbox.example>");
    }
    age(MONTH.plusDays(1));

    Batch first = kept().purge(sender.team(), Part.BODIES, MONTH, Optional.empty());

    assertThat(first.purged()).isBetween(1, 100);
    assertThat(first.next()).isPresent();
    assertThat(purge(sender.team(), Part.BODIES)).isEqualTo(120 - first.purged());
  }

  @Test
  default void a_few_large_bodies_fill_a_batch() {
    var sender = new Sender(store());
    for (int i = 0; i < 3; i++) {
      var _ =
          sender.accept(
              sender.withContent(sender.mail("bo@example.com"), new byte[5 * 1024 * 1024]));
      sender.deliver(sender.claimOne());
    }
    age(MONTH.plusDays(1));

    assertThat(kept().purge(sender.team(), Part.BODIES, MONTH, Optional.empty()).purged()).isOne();
    assertThat(purge(sender.team(), Part.BODIES)).isEqualTo(2);
  }

  // Another try

  @Test
  default void what_has_no_content_any_more_is_not_queued_again() {
    var sender = new Sender(store());
    MessageId message = failed(sender);
    age(MONTH.plusDays(1));
    assertThat(purge(sender.team(), Part.BODIES)).isOne();

    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).isZero();

    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.FAILED);
    assertThat(sender.claim()).isEmpty();
  }

  @Test
  default void of_a_purge_and_an_order_to_try_again_at_the_same_time_one_wins() throws Exception {
    var sender = new Sender(store());
    for (int round = 0; round < 20; round++) {
      MessageId message = failed(sender);
      age(MONTH.plusDays(1));

      List<Integer> done =
          atTheSameTime(
              2,
              which ->
                  which == 0
                      ? sender.order(message, DeliveryFact.RETRY_ORDERED)
                      : kept().purge(sender.team(), Part.BODIES, MONTH, Optional.empty()).purged());

      assertThat(done.getFirst() + done.getLast()).isLessThanOrEqualTo(1);
      assertThat(hasContent(sender, message)).isEqualTo(done.getLast() == 0);
      assertThat(sender.claim().stream().map(claim -> claim.dispatch().message()).toList())
          .isEqualTo(done.getFirst() == 1 ? List.of(message) : List.of());
    }
  }

  @Test
  default void several_nodes_that_purge_purge_each_thing_once() throws Exception {
    var sender = new Sender(store());
    for (int i = 0; i < 120; i++) {
      var _ = sender.log("<" + i + "@mailbox.example>");
    }
    for (int i = 0; i < 30; i++) {
      var _ = delivered(sender);
    }
    age(MONTH.plusDays(1));

    List<Integer> bodies = atTheSameTime(4, _ -> purge(sender.team(), Part.BODIES));
    List<Integer> transcripts = atTheSameTime(4, _ -> purge(sender.team(), Part.TRANSCRIPTS));

    assertThat(sum(bodies) + purge(sender.team(), Part.BODIES)).isEqualTo(150);
    assertThat(sum(transcripts) + purge(sender.team(), Part.TRANSCRIPTS)).isEqualTo(30);
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  // Transcripts

  @Test
  default void each_transcript_is_purged_at_its_own_age_and_the_attempts_stay() {
    var sender = new Sender(store());
    MessageId message = failed(sender);
    age(Duration.ofDays(20));
    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).isOne();
    sender.deliver(sender.claimOne());
    age(Duration.ofDays(11));

    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();
    assertThat(transcripts(sender, message)).extracting(List::isEmpty).containsExactly(true, false);
    age(Duration.ofDays(18));
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isZero();
    age(Duration.ofDays(2));
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();

    assertThat(transcripts(sender, message)).containsExactly(List.of(), List.of());
    assertThat(sender.onlyDelivery(message).attempts())
        .extracting(AttemptView::fact)
        .containsExactly(Optional.of(DeliveryFact.REJECTED), Optional.of(DeliveryFact.ACCEPTED));
  }

  @Test
  default void what_is_tried_again_after_its_transcripts_were_purged_has_new_ones_purged_too() {
    var sender = new Sender(store());
    MessageId message = failed(sender);
    age(MONTH.plusDays(1));
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();

    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).isOne();
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isZero();
    sender.deliver(sender.claimOne());
    age(DAY);
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isZero();
    age(MONTH);

    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();
    assertThat(transcripts(sender, message)).containsExactly(List.of(), List.of());
  }

  @Test
  default void what_was_unsettled_when_its_time_came_has_its_transcripts_purged_once_it_is() {
    var sender = new Sender(store());
    MessageId message = in(DeliveryState.IN_DOUBT, sender);
    age(MONTH.plusDays(1));
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isZero();

    assertThat(sender.order(message, DeliveryFact.DECLARED_SENT)).isOne();
    age(DAY);

    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();
  }

  // Reports

  private static IncomingReport report(Link link) {
    return new IncomingReport(
        new ChannelKind("somekind"),
        "b.token@bounces.example",
        link,
        ReportKind.DELIVERY_STATUS,
        Optional.of("Undelivered"),
        List.of(new Statement(List.of("bo@example.com"), Statement.Action.FAILED, Sender.UNKNOWN)),
        Octets.of(RAW_BOUNCE.getBytes(US_ASCII)));
  }

  private ReportId receive(Link link, ReportVerdict verdict) {
    var id = new ReportId(store().ids().next());
    var _ = store().reports().store(report(link), List.of(Found.as(id, link, verdict)));
    return id;
  }

  private ReportId bounceThatTellsNothing(Sender sender, MessageId message) {
    return receive(
        new Link.Genuine(sender.team(), sender.onlyDelivery(message).id()),
        new ReportVerdict.SaysNothing());
  }

  private String rawOf(Caller caller, ReportId report) throws IOException {
    RawReport raw = store().reports().raw(caller, report).orElseThrow();
    assertThat(raw).isInstanceOf(RawReport.Kept.class);
    return new String(((RawReport.Kept) raw).bytes().toArray(), US_ASCII);
  }

  private List<ReportView> listed(Caller caller) {
    return store()
        .reports()
        .list(new ListReports.Query(caller, ListReports.Which.ALL, 100, Optional.empty()))
        .items();
  }

  @Test
  default void an_old_report_is_purged_and_what_it_did_stays() throws IOException {
    var sender = new Sender(store());
    MessageId message = delivered(sender);
    Link link = new Link.Genuine(sender.team(), sender.onlyDelivery(message).id());
    var bounce = new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.BY_RULE);
    ReportId old = receive(link, bounce);
    age(MONTH.plusDays(1));
    ReportId young = receive(link, bounce);
    var before = sender.read(message);

    assertThat(purge(sender.team(), Part.REPORTS)).isOne();

    assertThat(store().reports().raw(sender.caller(), old))
        .hasValueSatisfying(raw -> assertThat(raw).isInstanceOf(RawReport.Purged.class));
    assertThat(rawOf(sender.caller(), young)).isEqualTo(RAW_BOUNCE);
    assertThat(sender.read(message)).isEqualTo(before);
    assertThat(listed(sender.caller()))
        .extracting(report -> report.rawPurgedAt().isPresent())
        .containsExactly(false, true);
    assertThat(listed(sender.caller()).getLast().statements()).isNotEmpty();
    assertThat(purge(sender.team(), Part.REPORTS)).isZero();
  }

  @Test
  default void old_reports_that_are_linked_to_nothing_are_purged_too() throws IOException {
    var operator =
        new Caller(
            new Member(
                new TeamId(1), new MemberId(store().ids().next()), "Olle", Member.Role.ADMIN));
    ReportId old = receive(new Link.None(), new ReportVerdict.SaysNothing());
    age(MONTH.plusDays(1));
    ReportId young = receive(new Link.None(), new ReportVerdict.SaysNothing());

    assertThat(kept().purgeUnlinkedReports(MONTH, Optional.empty()).purged()).isPositive();

    assertThat(store().reports().raw(operator, old))
        .hasValueSatisfying(raw -> assertThat(raw).isInstanceOf(RawReport.Purged.class));
    assertThat(rawOf(operator, young)).isEqualTo(RAW_BOUNCE);
  }

  // Teams

  @Test
  default void all_teams_are_named_page_by_page() {
    Set<TeamId> made = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      made.add(new Sender(store()).team());
    }
    List<TeamId> named = new ArrayList<>();

    List<TeamId> page = kept().teams(Optional.empty(), 2);
    while (!page.isEmpty()) {
      named.addAll(page);
      page = kept().teams(Optional.of(page.getLast()), 2);
    }

    assertThat(named)
        .containsAll(made)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Comparator.comparingLong(TeamId::value));
  }
}

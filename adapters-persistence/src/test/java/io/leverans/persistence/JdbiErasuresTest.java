package io.leverans.persistence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ImportSuppressions.Line;
import io.leverans.application.port.out.AfterErasureContract;
import io.leverans.application.port.out.ChangedMail;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Erasures;
import io.leverans.application.port.out.Erasures.NewErasure;
import io.leverans.application.port.out.Erasures.Turn;
import io.leverans.application.port.out.ErasuresContract;
import io.leverans.application.port.out.Found;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.PersonalData;
import io.leverans.application.port.out.Reports.Entry;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.application.port.out.SuppressionImports;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.view.Erasure.State;
import io.leverans.application.view.ErasureId;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.persistence.ErasureOrders.Lock;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiErasuresTest implements ErasuresContract, AfterErasureContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final RandomIds IDS = new RandomIds(InstantSource.system());
  private static final String SOUGHT = "bo.to.be.erased@example.com";
  private static final String IN_HEX = HexFormat.of().formatHex(SOUGHT.getBytes(US_ASCII));
  private static final byte[] CONTENT = ("To: " + SOUGHT + "\r\n\r\nHello").getBytes(US_ASCII);
  private static final byte[] LARGE = (SOUGHT + "\r\n").repeat(10_000).getBytes(US_ASCII);

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }

  @Override
  public Erasures erasures() {
    return DATABASE.database().erasures();
  }

  @Override
  public PersonalData personalData() {
    return DATABASE.database().personalData();
  }

  @Override
  public Suppressions suppressions() {
    return DATABASE.database().suppressions();
  }

  @Override
  public void timePasses(Sender sender) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE erasure SET ordered_at = ordered_at - interval '3 minutes'
                         WHERE team_id = :team\
                        """)
                    .bind("team", sender.team().value())
                    .execute());
  }

  @Override
  public void comesDue(Sender sender) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate("UPDATE erasure_due SET due_at = now() WHERE team_id = :team")
                    .bind("team", sender.team().value())
                    .execute());
  }

  @Test
  void however_many_reports_name_the_person_later_one_look_is_ordered_and_leaves_no_row() {
    var sender = new Sender(store());
    DeliveryId others = sender.onlyDelivery(deliveredTo(sender, "dan@example.com")).id();
    DeliveryId more = sender.onlyDelivery(deliveredTo(sender, "eva@example.com")).id();
    var _ = order(sender);
    carryOn(sender);

    bounce(sender, others);
    bounce(sender, more);

    assertThat(orders(sender)).isEqualTo(2);
    carryOn(sender);
    timePasses(sender);
    carryOn(sender);
    assertThat(orders(sender)).isOne();
    assertThat(placesOf(sender)).isEmpty();
  }

  @Test
  void two_never_carry_on_with_one_teams_orders_whichever_id_a_later_order_has() {
    var sender = new Sender(store());
    var _ = order(sender);
    var later = EmailAddress.parse("eva@example.com");
    try (Handle first = DATABASE.jdbi().open();
        Handle second = DATABASE.jdbi().open()) {
      first.begin();
      assertThat(new ErasureOrders(first, sender.team()).lock(Turn.LEFT_TO_OTHERS))
          .isEqualTo(Lock.OURS);

      new ErasureOrders(second, sender.team()).add(new UUID(0, 1), sender.admin().id(), later);

      second.begin();
      assertThat(new ErasureOrders(second, sender.team()).lock(Turn.LEFT_TO_OTHERS))
          .isEqualTo(Lock.OTHERS);
      second.rollback();
      first.rollback();
    }
  }

  private static int orders(Sender sender) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM erasure WHERE team_id = :team")
                    .bind("team", sender.team().value())
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void lists_that_are_being_imported_are_waited_for() {
    var sender = new Sender(store());
    var imports = DATABASE.database().suppressionImports(IDS);
    var line = new Line.Named(2, EmailAddress.parse(SOUGHT), Optional.empty(), Optional.empty());
    var _ =
        imports.store(
            sender.team(), IDS.next(), sender.admin().id(), List.<Line>of(line).iterator());

    ErasureId order = order(sender);
    carryOn(sender);
    assertThat(state(sender, order)).isEqualTo(State.UNDER_WAY);
    while (imports.step() == SuppressionImports.Step.DONE) {}
    carryOn(sender);

    assertThat(state(sender, order)).isEqualTo(State.DONE);
    assertThat(placesOf(sender)).containsExactly("erasure");
  }

  @Test
  void a_bounce_in_the_teams_own_mailbox_that_names_the_person_is_not_kept() {
    var sender = new Sender(store());
    var _ = order(sender);
    var id = new ReportId(IDS.next());
    var place = new MailboxPlace(sender.team(), channelOf(sender), "key");
    var finding = new Finding.Loose(Unapplied.NO_TOKEN);

    var _ =
        store().reports().store(report(new Link.None()).in(place), List.of(new Entry(id, finding)));

    assertThat(store().reports().find(sender.caller(), id)).isEmpty();
  }

  @Test
  void no_row_of_the_team_in_any_table_holds_the_address_afterwards() {
    var sender = new Sender(store());
    MessageId sent = sender.accept(ChangedMail.withContent(sender.mail(SOUGHT), CONTENT));
    sender.claim().forEach(sender::deliver);
    var _ = sender.accept(ChangedMail.withContent(sender.mail(SOUGHT, "cleo@example.com"), LARGE));
    sender.claim().forEach(claim -> refuse(sender, claim));
    var _ = sender.log("<1@elsewhere.example>");
    bounce(sender, sender.onlyDelivery(sent).id());
    suppressByHand(sender);
    importList(sender);
    var _ = sender.accept(sender.letters().mailUnder(SOUGHT, "print", SOUGHT));
    bounce(sender, sender.onlyDelivery(deliveredTo(sender, "dan@example.com")).id());
    Set<String> before = placesOf(sender);
    assertThat(before)
        .contains(
            "delivery",
            "attempt",
            "message_content",
            "content_chunk",
            "report",
            "event",
            "suppression",
            "suppression_import_line");

    ErasureId order = order(sender);
    carryOn(sender);

    assertThat(state(sender, order)).isEqualTo(State.DONE);
    assertThat(placesOf(sender)).as("it looks once more").containsExactly("erasure");
    timePasses(sender);
    carryOn(sender);
    assertThat(placesOf(sender)).isEmpty();
  }

  private ErasureId order(Sender sender) {
    return erasures()
        .order(
            new NewErasure(
                sender.team(),
                new ErasureId(IDS.next()),
                sender.admin().id(),
                EmailAddress.parse(SOUGHT),
                new SuppressionId(IDS.next())))
        .id();
  }

  private State state(Sender sender, ErasureId order) {
    return erasures().find(sender.team(), order).orElseThrow().state();
  }

  private ChannelId channelOf(Sender sender) {
    var channel =
        new NewChannel(
            new ChannelId(IDS.next()),
            new ChannelKind("somekind"),
            "Mailbox",
            new ChannelOwner.OfTeam(sender.team()),
            ChannelSettings.NONE,
            SealedSecrets.NONE);
    return store().channels().connect(channel, sender.terms()).channel().id();
  }

  private static MessageId deliveredTo(Sender sender, String recipient) {
    MessageId message = sender.accept(sender.mail(recipient));
    sender.claim().forEach(sender::deliver);
    return message;
  }

  private static void refuse(Sender sender, Claim claim) {
    sender.settle(
        claim,
        new Outcome.Rejected(Failure.of(Cause.POLICY, "550 <" + SOUGHT + "> refuses you")),
        new NextStep.Settle(DeliveryFact.REJECTED));
  }

  private void bounce(Sender sender, DeliveryId delivery) {
    var link = new Link.Genuine(sender.team(), delivery);
    var verdict =
        new ReportVerdict.Moves(
            DeliveryFact.BOUNCE_REPORTED,
            Failure.of(Cause.MAILBOX_UNKNOWN, "550 no <" + SOUGHT + "> here"));
    assertThat(
            store()
                .reports()
                .store(report(link), List.of(Found.as(new ReportId(IDS.next()), link, verdict))))
        .hasSize(1);
  }

  private static IncomingReport report(Link link) {
    return new IncomingReport(
        new ChannelKind("somekind"),
        "b.token@bounces.example",
        link,
        ReportKind.DELIVERY_STATUS,
        Optional.of("Undelivered: " + SOUGHT),
        List.of(new Statement(List.of(SOUGHT), Statement.Action.FAILED, Sender.UNKNOWN)),
        Octets.of(CONTENT));
  }

  private void suppressByHand(Sender sender) {
    var _ =
        suppressions()
            .add(
                new Suppressions.NewSuppression(
                    sender.team(),
                    new SuppressionId(IDS.next()),
                    EmailAddress.parse(SOUGHT),
                    SuppressionReason.BY_HAND,
                    Optional.empty(),
                    Optional.of(SOUGHT + " asked for it")));
  }

  private static void importList(Sender sender) {
    var imports = DATABASE.database().suppressionImports(IDS);
    var lines =
        List.<Line>of(
            new Line.Named(2, EmailAddress.parse(SOUGHT), Optional.empty(), Optional.of("left")),
            new Line.Bad(3, SOUGHT + ";", "no address: " + SOUGHT + ";"));
    var _ = imports.store(sender.team(), IDS.next(), sender.admin().id(), lines.iterator());
    while (imports.step() == SuppressionImports.Step.DONE) {}
  }

  /** The tables in which something of the team's holds it, as text or as octets. */
  private static Set<String> placesOf(Sender sender) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT c.table_name FROM information_schema.columns c
                         WHERE c.table_schema = current_schema() AND c.column_name = 'team_id'\
                        """)
                    .mapTo(String.class)
                    .stream()
                    .filter(
                        table ->
                            handle
                                .createQuery(
                                    "SELECT lower(t::text) FROM <table> t WHERE team_id = :team")
                                .define("table", table)
                                .bind("team", sender.team().value())
                                .mapTo(String.class)
                                .stream()
                                .anyMatch(row -> row.contains(SOUGHT) || row.contains(IN_HEX)))
                    .collect(Collectors.toUnmodifiableSet()));
  }
}

package io.leverans.persistence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ImportSuppressions.Line;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Erasures;
import io.leverans.application.port.out.Erasures.NewErasure;
import io.leverans.application.port.out.Erasures.Step;
import io.leverans.application.port.out.ErasuresContract;
import io.leverans.application.port.out.Found;
import io.leverans.application.port.out.PersonalData;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.application.port.out.SuppressionImports;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.view.Erasure.State;
import io.leverans.application.view.ErasureId;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.channel.ChannelKind;
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
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiErasuresTest implements ErasuresContract {
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
  void no_row_of_the_team_in_any_table_holds_the_address_afterwards() {
    var sender = new Sender(store());
    MessageId sent = sender.accept(sender.withContent(sender.mail(SOUGHT), CONTENT));
    sender.claim().forEach(sender::deliver);
    var _ = sender.accept(sender.withContent(sender.mail(SOUGHT, "cleo@example.com"), LARGE));
    sender.claim().forEach(claim -> refuse(sender, claim));
    var _ = sender.log("<1@elsewhere.example>");
    bounce(sender, sender.onlyDelivery(sent).id());
    suppressByHand(sender);
    importList(sender);
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

    ErasureId order = new ErasureId(IDS.next());
    var _ =
        erasures()
            .order(
                new NewErasure(
                    sender.team(),
                    order,
                    sender.admin().id(),
                    EmailAddress.parse(SOUGHT),
                    new SuppressionId(IDS.next())));
    while (erasures().carryOn(sender.team()) == Step.WENT_ON) {}

    assertThat(erasures().find(sender.team(), order).orElseThrow().state()).isEqualTo(State.DONE);
    assertThat(placesOf(sender)).isEmpty();
  }

  private static void refuse(Sender sender, Claim claim) {
    sender.settle(
        claim,
        new Outcome.Rejected(Failure.of(Cause.POLICY, "550 <" + SOUGHT + "> refuses you")),
        new NextStep.Settle(DeliveryFact.REJECTED));
  }

  private void bounce(Sender sender, DeliveryId delivery) {
    var link = new Link.Genuine(sender.team(), delivery);
    var report =
        new IncomingReport(
            new ChannelKind("somekind"),
            "b.token@bounces.example",
            link,
            ReportKind.DELIVERY_STATUS,
            Optional.of("Undelivered: " + SOUGHT),
            List.of(new Statement(List.of(SOUGHT), Statement.Action.FAILED, Sender.UNKNOWN)),
            Octets.of(CONTENT));
    var verdict =
        new ReportVerdict.Moves(
            DeliveryFact.BOUNCE_REPORTED,
            Failure.of(Cause.MAILBOX_UNKNOWN, "550 no <" + SOUGHT + "> here"));
    assertThat(
            store()
                .reports()
                .store(report, List.of(Found.as(new ReportId(IDS.next()), link, verdict))))
        .hasSize(1);
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

package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.CONTENT;
import static io.leverans.mail.conversation.Correspondence.accepted;
import static io.leverans.mail.conversation.Correspondence.failure;
import static io.leverans.mail.conversation.Correspondence.outcomeIn;
import static io.leverans.mail.conversation.Correspondence.transaction;
import static io.leverans.mail.conversation.Correspondence.transactionOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipientsTest {
  private final Correspondence with = new Correspondence();
  final ScriptedServer server = with.server();

  @AfterEach
  void close() {
    with.close();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          CONNECTED, 421 4.3.2 busy,          deferred
          CONNECTED, 554 5.7.1 go away,       rejected
          EHLO,      450 4.3.0 later,         deferred
          EHLO,      550 5.7.1 no,            rejected
          MAIL,      451 4.7.1 later,         deferred
          MAIL,      550 5.7.1 no,            rejected
          RCPT,      450 4.2.0 greylisted,    deferred
          RCPT,      550 5.1.1 user unknown,  rejected
          DATA,      451 4.3.0 later,         deferred
          DATA,      554 5.7.1 no,            rejected
          END,       452 4.3.1 disk full,     deferred
          END,       550 5.7.1 looks like spam, rejected
          """)
  void a_reply_decides_by_its_code_and_keeps_its_words(Step step, String reply, String expected) {
    server.follow(Script.say(step, reply));
    Outcome outcome = with.outcome();
    assertThat(outcome)
        .isInstanceOf(
            expected.equals("deferred") ? Outcome.Deferred.class : Outcome.Rejected.class);
    assertThat(failure(outcome).words()).isEqualTo(reply);
    assertThat(failure(outcome).status()).contains(reply.substring(4, 9));
    assertThat(failure(outcome).remoteHost()).contains("mail.test");
  }

  @Test
  void a_reply_of_many_lines_is_read_to_its_end() {
    server.follow(
        Script.say(Step.RCPT, "550-5.1.1 The address\r\n550-5.1.1 is unknown\r\n550 5.1.1 here"));
    assertThat(failure(with.outcome()).words())
        .isEqualTo("550 5.1.1 The address 5.1.1 is unknown 5.1.1 here");
  }

  @Test
  void each_recipient_has_an_outcome_of_their_own() {
    server.follow(
        (step, line, _) ->
            step != Step.RCPT || line.contains("<a@")
                ? Optional.empty()
                : Optional.of(
                    new Reaction.Say(line.contains("<b@") ? "550 5.1.1 no" : "450 4.2.2 full")));
    Transaction transaction = transaction(CONTENT, "a", "b", "c");
    Exchange exchange = with.exchange(transaction, with.go());
    assertThat(exchange).isInstanceOf(Exchange.Answered.class);
    if (exchange instanceof Exchange.Answered(var outcomes, _)) {
      List<Envelope> envelopes = transaction.envelopes();
      assertThat(outcomes.get(envelopes.get(0).delivery())).isEqualTo(accepted());
      assertThat(outcomes.get(envelopes.get(1).delivery())).isInstanceOf(Outcome.Rejected.class);
      assertThat(outcomes.get(envelopes.get(2).delivery())).isInstanceOf(Outcome.Deferred.class);
    }
  }

  @Test
  void only_those_that_the_server_took_are_asked_for() {
    server.follow(
        (step, line, _) ->
            step == Step.RCPT && line.contains("<b@")
                ? Optional.of(new Reaction.Say("550 no"))
                : Optional.empty());
    Transaction transaction = transaction(CONTENT, "a", "b");
    with.exchange(
        transaction,
        aboard -> {
          assertThat(aboard).containsExactly(transaction.envelopes().getFirst().delivery());
          return Permission.GO;
        });
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void an_address_beyond_ascii_needs_a_server_that_takes_it() {
    Outcome refused = outcomeIn(with.exchange(transaction(CONTENT, "jörg"), with.go()));
    assertThat(failure(refused).words()).contains("beyond ASCII");
    with.reconnect(Timeouts.DEFAULT, 4, 100);
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 SMTPUTF8"));
    assertThat(outcomeIn(with.exchange(transaction(CONTENT, "jörg"), with.go())))
        .isEqualTo(accepted());
    assertThat(server.commands())
        .contains("MAIL FROM:<b.token@mail.test> SMTPUTF8", "RCPT TO:<jörg@example.com>");
  }

  @Test
  void a_domain_beyond_ascii_is_written_as_dns_has_it() {
    var envelope =
        new Envelope(new DeliveryId(UUID.randomUUID()), EmailAddress.parse("a@bücher.example"));
    with.exchange(transactionOf(CONTENT, List.of(envelope)), with.go());
    assertThat(server.commands()).contains("RCPT TO:<a@xn--bcher-kva.example>");
  }

  @Test
  void of_three_recipients_only_the_one_that_was_taken_goes_aboard() {
    server.follow(
        (step, line, _) ->
            step != Step.RCPT || line.contains("<b@")
                ? Optional.empty()
                : Optional.of(
                    new Reaction.Say(line.contains("<a@") ? "450 4.2.1 later" : "550 5.1.1 no")));
    Transaction transaction = transaction(CONTENT, "a", "b", "c");
    List<DeliveryId> ids = transaction.envelopes().stream().map(Envelope::delivery).toList();
    Exchange exchange =
        with.exchange(
            transaction,
            aboard -> {
              assertThat(aboard).containsExactly(ids.get(1));
              return Permission.GO;
            });
    assertThat(exchange)
        .asInstanceOf(type(Exchange.Answered.class))
        .satisfies(
            answered -> {
              assertThat(answered.outcomes()).containsOnlyKeys(ids);
              assertThat(answered.outcomes().get(ids.get(0))).isInstanceOf(Outcome.Deferred.class);
              assertThat(answered.outcomes().get(ids.get(1))).isEqualTo(accepted());
              assertThat(answered.outcomes().get(ids.get(2))).isInstanceOf(Outcome.Rejected.class);
            });
  }

  @Test
  void reports_are_asked_for_where_the_server_offers_them() {
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 DSN"));
    outcomeIn(with.exchange(askingForReports(), with.go()));
    assertThat(server.commands())
        .contains(
            "MAIL FROM:<b.token@mail.test> RET=HDRS ENVID=a+2Bb+3Dc",
            "RCPT TO:<a@example.com> NOTIFY=FAILURE,DELAY");
  }

  @Test
  void reports_are_not_asked_for_where_the_server_does_not_offer_them() {
    outcomeIn(with.exchange(askingForReports(), with.go()));
    assertThat(server.commands())
        .contains("MAIL FROM:<b.token@mail.test> SIZE=22", "RCPT TO:<a@example.com>");
  }

  private static Transaction askingForReports() {
    Transaction plain = transaction(CONTENT, "a");
    return new Transaction(
        plain.returnPath(),
        plain.envelopes(),
        plain.content(),
        plain.body(),
        plain.evidence(),
        Optional.of(
            new DsnRequest(
                DsnRequest.Returned.HEADERS,
                Optional.of("a+b=c"),
                Set.of(DsnRequest.Notify.DELAY, DsnRequest.Notify.FAILURE))));
  }

  @Test
  void a_sender_beyond_ascii_needs_a_server_that_takes_it() {
    Transaction plain = transaction(CONTENT, "a");
    var fromBeyond =
        new Transaction(
            "jörg@mail.test", plain.envelopes(), CONTENT, plain.body(), plain.evidence());
    assertThat(failure(outcomeIn(with.exchange(fromBeyond, with.go()))).words())
        .contains("beyond ASCII");
    with.reconnect(Timeouts.DEFAULT, 4, 100);
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 SMTPUTF8"));
    assertThat(outcomeIn(with.exchange(fromBeyond, with.go()))).isEqualTo(accepted());
    assertThat(server.commands()).contains("MAIL FROM:<jörg@mail.test> SMTPUTF8");
  }
}

package io.leverans.mail.msc;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.Link;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.LaneSign;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.conversation.Script;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer;
import io.leverans.mail.conversation.TestDns;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MscTransportTest {
  private final TestWorld world = new TestWorld();
  private final ScriptedServer server = new ScriptedServer();
  private final TestDns dns =
      new TestDns().with("example.com", "MX 10 mx.test.").with("mx.test", "A 127.0.0.1");
  private final MscProvider provider = direct();

  @AfterEach
  void close() {
    provider.close();
    dns.close();
    server.close();
  }

  @Test
  void mail_goes_to_the_recipients_server_which_says_so() {
    AttemptReport report = attempt(provider, TestWorld.dispatch("anna@example.com"));
    assertThat(report.outcomes().values())
        .containsExactly(new Outcome.Accepted(Evidence.RECIPIENTS_SERVER, "2.0.0 queued as 4711"));
    assertThat(report.nextHop())
        .contains(
            new NextHop(
                "mx.test",
                "127.0.0.1:" + server.port(),
                new NextHop.Security.Plain("the server offers no encryption")));
    assertThat(report.transcript()).contains("> RCPT TO:<anna@example.com>");
  }

  @Test
  void each_recipient_has_a_return_path_of_their_own_and_the_same_in_a_header() {
    Dispatch dispatch = TestWorld.dispatch("anna@example.com", "ben@example.com");
    attempt(provider, dispatch);
    for (var envelope : dispatch.envelopes()) {
      String token =
          world.tokens().tokenFor(TestWorld.TEAM, envelope.delivery(), dispatch.startedAt());
      assertThat(server.commands()).anyMatch(it -> it.startsWith("MAIL FROM:<" + token + "@"));
      assertThat(server.messages())
          .contains("Leverans-Delivery: " + token + "\r\n" + TestWorld.CONTENT);
      assertThat(world.tokens().linkOf(token, TestWorld.NOW))
          .isEqualTo(new Link.Genuine(TestWorld.TEAM, envelope.delivery()));
    }
  }

  @Test
  void what_is_shown_as_sent_is_what_was_sent() throws Exception {
    Dispatch dispatch = TestWorld.dispatch("anna@example.com");
    attempt(provider, dispatch);
    var asSent = provider.asSent(dispatch, dispatch.envelopes().getFirst());
    assertThat(server.messages())
        .containsExactly(new String(asSent.toArray(), java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void a_smart_host_is_a_relay() {
    try (MscProvider relayed =
        world.provider(
            "smart-host", "127.0.0.1:" + server.port(), "dns-server", dns.address().toString())) {
      AttemptReport report = attempt(relayed, TestWorld.dispatch("anna@nowhere.test"));
      assertThat(report.outcomes().values())
          .containsExactly(new Outcome.Accepted(Evidence.RELAY, "2.0.0 queued as 4711"));
      assertThat(dns.questions()).isEmpty();
    }
  }

  @Test
  void mail_that_another_destination_has_to_wait_with_is_rerouted_without_a_connection() {
    dns.with("branch.example", "MX 10 mail.parent.com.");

    AttemptReport report =
        attempt(provider, TestWorld.dispatch(new Lane("to branch.example"), 1, "a@branch.example"));

    assertThat(report.outcomes().values())
        .containsExactly(new Outcome.Rerouted(new Lane("to parent.com")));
    assertThat(report.nextHop()).isEmpty();
    assertThat(provider.lane(List.of(EmailAddress.parse("b@branch.example")), TestWorld.PLATFORMS))
        .isEqualTo(new Lane("to parent.com"));
  }

  @Test
  void a_destination_that_never_stays_is_not_followed_for_ever() {
    Lane lane = new Lane("to somewhere.else");

    AttemptReport report = attempt(provider, TestWorld.dispatch(lane, 6, "anna@example.com"));

    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
  }

  @Test
  void a_server_that_cannot_be_reached_is_passed_over() {
    dns.with("two.test", "MX 10 dead.test.", "MX 20 gone.test.", "MX 30 mx.test.")
        .with("dead.test", "A 127.0.0.9");
    AttemptReport report = attempt(provider, TestWorld.dispatch("anna@two.test"));
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(report.nextHop())
        .hasValueSatisfying(hop -> assertThat(hop.host()).isEqualTo("mx.test"));
    assertThat(report.transcript()).anyMatch(line -> line.contains("127.0.0.9"));
  }

  @Test
  void every_address_of_a_server_is_tried() {
    dns.with("many.test", "MX 10 many-mx.test.")
        .with("many-mx.test", "A 127.0.0.9", "A 127.0.0.1", "AAAA ::1");
    AttemptReport report = attempt(provider, TestWorld.dispatch("anna@many.test"));
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"421 4.3.2 busy", "554 5.3.2 no mail here"})
  void a_server_that_does_not_greet_is_passed_over(String greeting) {
    dns.with("two.test", "MX 10 mx.test.", "MX 20 mx2.test.").with("mx2.test", "A 127.0.0.1");
    server.follow(
        (step, _, connection) ->
            step == Step.CONNECTED && connection == 1
                ? Optional.of(new Script.Reaction.SayAndHangUp(greeting))
                : Optional.empty());
    AttemptReport report = attempt(provider, TestWorld.dispatch("anna@two.test"));
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
  }

  @Test
  void a_reply_to_the_recipient_is_final_for_the_attempt() {
    dns.with("two.test", "MX 10 mx.test.", "MX 20 mx2.test.").with("mx2.test", "A 127.0.0.1");
    server.follow(Script.say(Step.RCPT, "450 4.2.0 greylisted"));
    AttemptReport report = attempt(provider, TestWorld.dispatch("anna@two.test"));
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Deferred.class);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void refused_for_good_is_what_every_server_refuses_for_good() {
    dns.with("two.test", "MX 10 mx.test.", "MX 20 dead.test.").with("dead.test", "A 127.0.0.9");
    server.follow(Script.say(Step.CONNECTED, "554 5.3.2 no mail here"));
    assertThat(attempt(provider, TestWorld.dispatch("anna@two.test")).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Deferred.class);
    assertThat(attempt(provider, TestWorld.dispatch("anna@example.com")).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Rejected.class);
  }

  @Test
  void a_domain_that_does_not_exist_is_rejected_without_a_connection() {
    AttemptReport report = attempt(provider, TestWorld.dispatch("anna@nowhere.test"));
    assertThat(report.outcomes().values())
        .singleElement()
        .satisfies(
            outcome ->
                assertThat(
                        outcome instanceof Outcome.Rejected(var failure) ? failure.cause() : null)
                    .isEqualTo(Cause.DOMAIN_UNKNOWN));
    assertThat(report.nextHop()).isEmpty();
  }

  @Test
  void who_asks_for_less_slows_the_lane() {
    server.follow(Script.say(Step.CONNECTED, "421 4.7.0 too many connections"));
    assertThat(signOf("anna@example.com")).isEqualTo(LaneSign.SLOW_DOWN);
    server.follow(Script.say(Step.END, "451 4.7.1 try again in 300 seconds"));
    assertThat(signOf("anna@example.com")).isEqualTo(LaneSign.SLOW_DOWN);
  }

  @Test
  void who_refuses_one_recipient_for_now_answers() {
    server.follow(Script.say(Step.RCPT, "450 4.2.0 greylisted, try again in 300 seconds"));
    assertThat(signOf("anna@example.com")).isEqualTo(LaneSign.ANSWERS);
  }

  @Test
  void who_is_not_connected_to_or_hangs_up_is_out_of_reach() {
    dns.with("dead.test", "MX 10 dead-mx.test.").with("dead-mx.test", "A 127.0.0.9");
    assertThat(signOf("anna@dead.test")).isEqualTo(LaneSign.OUT_OF_REACH);
    server.follow(Script.at(Step.RCPT, new Script.Reaction.HangUp()));
    assertThat(signOf("anna@example.com")).isEqualTo(LaneSign.OUT_OF_REACH);
  }

  @Test
  void a_domain_whose_servers_dns_does_not_tell_says_nothing_of_the_lane() {
    dns.close();
    assertThat(signOf("anna@elsewhere.test")).isEqualTo(LaneSign.NOTHING);
  }

  private LaneSign signOf(String recipient) {
    Outcome outcome =
        attempt(provider, TestWorld.dispatch(recipient)).outcomes().values().iterator().next();
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    return ((Outcome.Deferred) outcome).sign();
  }

  private MscProvider direct() {
    return world.provider(
        "dns-server", dns.address().toString(), "port", String.valueOf(server.port()));
  }

  private static AttemptReport attempt(MscProvider provider, Dispatch dispatch) {
    return provider.transport().attempt(dispatch, TestWorld.CHANNEL, _ -> Permission.GO);
  }
}

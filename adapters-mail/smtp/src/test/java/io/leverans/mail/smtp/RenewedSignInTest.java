package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.ConsentFlow.Access;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How access that an owner gave lasts, and ends. */
class RenewedSignInTest extends ConsentTrial {
  @Test
  void access_runs_out_and_is_renewed_by_a_token_that_takes_the_place_of_the_old_one()
      throws Exception {
    Grant.Granted granted = granted(fields(), SANDY);
    OpenChannel channel = open(granted);
    ConsentFlow consent = consent();
    assertThat(consent.accessOf(channel, world.now().plus(Duration.ofMinutes(57))))
        .isEqualTo(Access.FRESH);
    assertThat(consent.accessOf(channel, world.now().plus(Duration.ofMinutes(59))))
        .isEqualTo(Access.STALE);
    var renewed = (Renewal.Renewed) consent.renew(channel);
    assertThat(renewed.secrets()).containsOnlyKeys(TOKENS);
    for (String name : List.of("access-token", "refresh-token")) {
      assertThat(renewed.secrets().get(name)).isNotEqualTo(granted.secrets().get(name));
    }
    OpenChannel later = open(granted.settings(), renewed.secrets());
    assertThat(provider.prove(later, Optional.empty())).isInstanceOf(Proof.Works.class);
    assertThat(provider.read(later.settings().values())).isInstanceOf(FilledIn.Complete.class);
    assertThat(consent.renew(later)).isInstanceOf(Renewal.Renewed.class);
    assertThat(consent.renew(channel))
        .asInstanceOf(type(Renewal.Refused.class))
        .matches(refused -> refused.fault().certainty() == Certainty.CERTAIN);
  }

  @Test
  void access_that_the_owner_took_back_asks_for_the_owner() throws Exception {
    OpenChannel channel = open(granted(fields(), SANDY));
    simulated.company().microsoft().revoke(SANDY);
    Outcome outcome = attempt(channel).outcomes().values().iterator().next();
    assertThat(outcome)
        .asInstanceOf(type(Outcome.NotTried.class))
        .satisfies(
            notTried -> {
              assertThat(notTried.fault().cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
              assertThat(notTried.fault().words()).contains("535 5.7.3");
            });
    var refused = (Renewal.Refused) consent().renew(channel);
    assertThat(refused.until()).isEmpty();
    ChannelFault fault = refused.fault();
    assertThat(fault.cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
    assertThat(fault.certainty()).isEqualTo(Certainty.CERTAIN);
    assertThat(fault.words()).contains("invalid_grant", "AADSTS50173");
    assertThat(fault.remedy()).contains("Connect the channel again");
    assertThat(((Proof.Fails) provider.prove(channel, Optional.empty())).field()).contains("auth");
  }

  @Test
  void renewed_access_is_used_at_once_although_the_old_was_refused_just_now() throws Exception {
    Grant.Granted granted = granted(fields(), SANDY);
    Map<String, String> spoilt = new HashMap<>(granted.secrets());
    spoilt.put("access-token", "run-out");
    OpenChannel channel = open(granted.settings(), spoilt);
    assertThat(attempt(channel).outcomes().values()).allMatch(Outcome.NotTried.class::isInstance);
    var renewed = (Renewal.Renewed) consent().renew(channel);
    assertThat(attempt(open(granted.settings(), renewed.secrets())).outcomes().values())
        .allMatch(Outcome.Accepted.class::isInstance);
  }

  @Test
  void who_has_no_password_any_more_changes_the_sign_in_alone() throws Exception {
    Map<String, String> fields = fields();
    fields.put("username", "locked@company.test");
    fields.put("password", "left from before");
    var needs = (FilledIn.NeedsConsent) provider.read(fields);
    assertThat(needs.settings().values()).doesNotContainKey("password");
    Grant.Granted granted = granted(fields, "locked@company.test");
    assertThat(provider.prove(open(granted), Optional.empty())).isInstanceOf(Proof.Works.class);
  }

  @Test
  void a_mailbox_that_may_not_send_by_smtp_says_whom_to_ask() throws Exception {
    Grant.Granted granted = granted(fields(), "no-smtp@company.test");
    var fails = (Proof.Fails) provider.prove(open(granted), Optional.empty());
    assertThat(fails.fault().certainty()).isEqualTo(Certainty.CERTAIN);
    assertThat(fails.fault().remedy()).contains("Microsoft 365 admin");
  }

  @Test
  void a_client_secret_that_has_run_out_is_the_operators_to_mend_and_mail_waits() throws Exception {
    OpenChannel channel = open(granted(fields(), SANDY));
    try (SmtpProvider wrong = world.provider(settings("oauth-client-secret", "wrong"))) {
      provider.close();
      provider = wrong;
      assertOperatorsToMend(consent().renew(channel), "smtp.oauth-client-secret");
      ChannelFault fault = ((Grant.Refused) redeem(needsConsent(fields()), SANDY, NONCE)).fault();
      assertThat(fault.words()).contains("invalid_client", "AADSTS7000215");
      assertThat(fault.remedy()).contains("Tell the operator");
    }
  }

  @Test
  void a_sign_in_that_is_not_set_up_any_more_is_the_operators_to_mend_and_mail_waits()
      throws Exception {
    OpenChannel channel = open(granted(fields(), SANDY));
    try (SmtpProvider bare = world.provider()) {
      provider.close();
      provider = bare;
      assertOperatorsToMend(consent().renew(channel), "smtp.oauth-hosts");
    }
  }

  @Test
  void a_channel_with_a_password_has_no_access_to_renew() {
    OpenChannel channel =
        TestWorld.channel(
            provider, "host", "mail.test", "username", "anna", "password", "correct horse");
    assertThat(consent().accessOf(channel, world.now())).isEqualTo(Access.FRESH);
    assertThat(consent().accountOf(channel.settings())).isEmpty();
    assertThat(consent().renew(channel)).isInstanceOf(Renewal.NotNow.class);
  }

  @Test
  void who_was_let_in_stays_so_when_the_operator_asks_for_other_scopes_from_then_on()
      throws Exception {
    ChannelSettings connected = granted(fields(), SANDY).settings();
    try (SmtpProvider other = world.provider(settings("oauth-scopes", "mail.send openid"))) {
      assertThat(other.consent().orElseThrow().missingScopes(connected)).isEmpty();
    }
  }
}

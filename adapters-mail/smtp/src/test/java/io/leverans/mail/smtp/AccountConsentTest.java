package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leverans.application.port.provider.ConsentAnswer;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.simulator.microsoft.SimulatedMicrosoft;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the owner of an account lets us in. */
class AccountConsentTest extends ConsentTrial {
  @Test
  void without_access_a_channel_needs_consent() {
    FilledIn read = provider.read(fields());
    assertThat(read)
        .asInstanceOf(type(FilledIn.NeedsConsent.class))
        .satisfies(
            needs -> {
              assertThat(needs.secrets()).isEmpty();
              assertThat(needs.settings().values())
                  .containsEntry("auth", "oauth")
                  .containsEntry("security", "starttls")
                  .doesNotContainKeys("username", "account");
            });
  }

  @Test
  void an_owner_who_lets_us_in_sends_without_a_password() throws Exception {
    Grant.Granted granted = granted(fields(), SANDY);
    assertThat(granted.settings().values())
        .containsEntry("username", SANDY)
        .containsEntry("address", SANDY)
        .containsKeys("account", "scopes");
    assertThat(granted.secrets()).containsOnlyKeys(TOKENS);
    assertThat(granted.toString()).doesNotContain(granted.secrets().get("access-token"));
    assertThat(provider.read(merged(granted)))
        .isEqualTo(new FilledIn.Complete(granted.settings(), granted.secrets()));
    OpenChannel channel = open(granted);
    assertThat(provider.prove(channel, Optional.of(EmailAddress.parse(SANDY))))
        .isInstanceOf(Proof.Works.class);
    AttemptReport report = attempt(channel, "first@example.org");
    assertThat(report.outcomes().values()).allMatch(Outcome.Accepted.class::isInstance);
    assertThat(String.join("\n", report.transcript()))
        .contains("> AUTH XOAUTH2 ***")
        .doesNotContain(granted.secrets().get("access-token"));
    assertThat(simulated.inbox().newest())
        .anyMatch(mail -> mail.recipient().equals("first@example.org"));
  }

  @Test
  void another_account_than_before_is_refused() throws Exception {
    Grant.Granted granted = granted(fields(), SANDY);
    Grant other = redeem(granted.settings(), "robin@company.test", NONCE);
    ChannelFault fault = ((Grant.Refused) other).fault();
    assertThat(fault.words()).contains("robin@company.test", SANDY);
    assertThat(fault.remedy()).contains("sign in as " + SANDY);
    assertThat(redeem(granted.settings(), SANDY, NONCE)).isInstanceOf(Grant.Granted.class);
    assertThat(consent().accountOf(granted.settings()))
        .isPresent()
        .isEqualTo(consent().accountOf(granted(fields(), SANDY).settings()))
        .isNotEqualTo(consent().accountOf(granted(fields(), "robin@company.test").settings()));
  }

  @Test
  void an_answer_to_another_request_is_refused() throws Exception {
    Grant grant = redeem(needsConsent(fields()), SANDY, "another nonce");
    assertThat(((Grant.Refused) grant).fault().words()).contains("answers another request");
  }

  @Test
  void a_code_is_good_once() throws Exception {
    ChannelSettings settings = needsConsent(fields());
    String code = codeFor(settings, SANDY);
    var answer = new ConsentAnswer(code, BACK, VERIFIER, NONCE);
    var channel = open(settings, Map.of());
    assertThat(consent().redeem(channel, answer)).isInstanceOf(Grant.Granted.class);
    ChannelFault fault = ((Grant.Refused) consent().redeem(channel, answer)).fault();
    assertThat(fault.words()).contains("already redeemed").doesNotContain(code);
    assertThat(fault.remedy()).contains("Begin again");
  }

  @Test
  void access_that_does_not_last_is_the_operators_to_mend() throws Exception {
    try (SmtpProvider brief = world.provider(settings("oauth-scopes", SimulatedMicrosoft.SEND))) {
      provider.close();
      provider = brief;
      Grant grant = redeem(needsConsent(fields()), SANDY, NONCE);
      assertThat(((Grant.Refused) grant).fault().remedy()).contains("offline_access");
    }
  }

  @Test
  void a_provider_without_an_id_token_pins_the_user_name() throws Exception {
    String scopes = SimulatedMicrosoft.SEND + " offline_access";
    try (SmtpProvider nameless = world.provider(settings("oauth-scopes", scopes))) {
      provider.close();
      provider = nameless;
      Grant grant = redeem(needsConsent(fields()), SANDY, NONCE);
      assertThat(((Grant.Refused) grant).fault().remedy()).contains("Enter the user name");
      Map<String, String> fields = fields();
      fields.put("username", SANDY);
      Grant.Granted granted = granted(fields, SANDY);
      assertThat(granted.settings().values()).containsEntry("account", "oauth user " + SANDY);
      assertThat(provider.prove(open(granted), Optional.empty())).isInstanceOf(Proof.Works.class);
    }
  }

  @Test
  void a_provider_that_cannot_be_asked_is_asked_later() throws Exception {
    Grant.Granted granted = granted(fields(), SANDY);
    String code = codeFor(granted.settings(), SANDY);
    provider.close();
    provider = world.provider(settings("oauth-token-url", "http://127.0.0.1:1/token"));
    assertThat(consent().renew(open(granted)))
        .asInstanceOf(type(Renewal.NotNow.class))
        .matches(notNow -> notNow.words().contains("could not be reached"));
    Grant grant = consent().redeem(open(granted), new ConsentAnswer(code, BACK, VERIFIER, NONCE));
    assertThat(((Grant.Refused) grant).fault().cause()).isEqualTo(Cause.NETWORK_FAILURE);
  }

  @Test
  void the_page_opens_with_the_name_that_is_known() throws Exception {
    Map<String, String> fields = fields();
    fields.put("username", SANDY);
    assertThat(form(page(consent(), needsConsent(fields)).getRawQuery()))
        .containsEntry("login_hint", SANDY);
    assertThat(form(page(consent(), needsConsent(fields())).getRawQuery()))
        .doesNotContainKey("login_hint");
  }

  @Test
  void what_sending_needs_at_microsoft_and_the_owner_did_not_grant_is_named() {
    Map<String, String> lacking =
        TestWorld.pairs("host", "smtp.office365.com", "auth", "oauth", "scopes", "openid email");
    try (SmtpProvider microsoft =
        world.provider("microsoft-client-id", "6731", "microsoft-client-secret", "hush")) {
      ConsentFlow consent = microsoft.consent().orElseThrow();
      assertThat(consent.missingScopes(new ChannelSettings(lacking)))
          .containsExactly("https://outlook.office.com/SMTP.Send");
      lacking.put("scopes", "https://outlook.office.com/smtp.send openid");
      assertThat(consent.missingScopes(new ChannelSettings(lacking))).isEmpty();
      lacking.putAll(Map.of("auth", "password", "scopes", "openid email"));
      assertThat(consent.missingScopes(new ChannelSettings(lacking))).isEmpty();
    }
  }
}

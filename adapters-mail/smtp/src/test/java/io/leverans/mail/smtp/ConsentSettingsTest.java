package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leverans.application.port.provider.ConsentPage;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.domain.channel.ChannelSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is filled in and set where an account is to be asked for. */
class ConsentSettingsTest extends ConsentTrial {
  @Test
  void tokens_are_never_filled_in_by_hand() throws Exception {
    Map<String, String> stolen = merged(granted(fields(), SANDY));
    for (String name : TOKENS) {
      Map<String, String> forged = new HashMap<>(stolen);
      forged.put(name, "2026-11-29T08:00:00Z");
      assertThat(faulty(forged)).extracting(FieldProblem::field).contains(name);
      Map<String, String> alone = fields();
      alone.put(name, stolen.get(name));
      assertThat(faulty(alone))
          .extracting(FieldProblem::field, FieldProblem::problem)
          .anySatisfy(tuple -> assertThat(tuple.toList().toString()).contains(name, "by hand"));
      assertThat(faulty(alone).toString()).doesNotContain(stolen.get(name));
    }
    Map<String, String> ofAnother = new HashMap<>(stolen);
    ofAnother.put("account", "oauth somebody else");
    assertThat(faulty(ofAnother)).extracting(FieldProblem::field).contains("refresh-token");
  }

  @Test
  void an_account_that_is_filled_in_opens_nothing() throws Exception {
    Map<String, String> fields = fields();
    fields.put("account", "oauth https://issuer.test 4711");
    Grant grant = redeem(needsConsent(fields), SANDY, NONCE);
    assertThat(((Grant.Refused) grant).fault().remedy()).contains("connect a new channel");
  }

  @Test
  void access_of_one_provider_is_no_sign_in_at_another() throws Exception {
    try (SmtpProvider both =
        world.provider(
            settings("microsoft-client-id", "id", "microsoft-client-secret", "secret"))) {
      provider.close();
      provider = both;
      Map<String, String> moved = merged(granted(fields(), SANDY));
      moved.put("host", "smtp.office365.com");
      assertThat(provider.read(moved))
          .asInstanceOf(type(FilledIn.NeedsConsent.class))
          .matches(needs -> !needs.settings().values().containsKey("account"));
      moved.put("host", "elsewhere.test");
      assertThat(faulty(moved)).extracting(FieldProblem::field).containsExactly("auth");
    }
  }

  @Test
  void who_goes_back_to_a_password_leaves_nothing_of_the_consent() throws Exception {
    Map<String, String> back = merged(granted(fields(), SANDY));
    back.put("auth", "password");
    back.put("password", "correct horse");
    assertThat(provider.read(back))
        .asInstanceOf(type(FilledIn.Complete.class))
        .satisfies(
            complete -> {
              assertThat(complete.secrets()).containsOnlyKeys("password");
              assertThat(complete.settings().values()).doesNotContainKeys("account", "address");
            });
  }

  @Test
  void access_never_goes_in_clear() {
    Map<String, String> fields = fields();
    fields.put("security", "none");
    fields.put("ca", "");
    assertThat(faulty(fields)).extracting(FieldProblem::field).containsExactly("security");
  }

  @Test
  void microsofts_page_is_well_known_once_the_operator_has_a_client() {
    Map<String, String> fields = TestWorld.pairs("host", "SMTP.Office365.com.", "auth", "oauth");
    assertThat(faulty(fields))
        .singleElement()
        .matches(problem -> problem.field().equals("auth"))
        .matches(problem -> problem.problem().contains("smtp.microsoft-client-secret"));
    try (SmtpProvider set =
        world.provider("microsoft-client-id", "6731", "microsoft-client-secret", "hush")) {
      var needs = (FilledIn.NeedsConsent) set.read(fields);
      assertThat(presets(set)).containsEntry("microsoft-365", "oauth");
      assertThat(presets(provider)).containsEntry("microsoft-365", "password");
      URI page = page(set.consent().orElseThrow(), needs.settings());
      assertThat(page.toString())
          .startsWith("https://login.microsoftonline.com/common/oauth2/v2.0/authorize?");
      assertThat(form(page.getRawQuery()))
          .containsEntry("client_id", "6731")
          .containsEntry(
              "scope", "https://outlook.office.com/SMTP.Send offline_access openid email");
    }
    try (SmtpProvider own =
        world.provider(
            "microsoft-client-id",
            "6731",
            "microsoft-client-secret",
            "hush",
            "microsoft-authorize-url",
            "https://login.microsoftonline.com/acme/oauth2/v2.0/authorize")) {
      var needs = (FilledIn.NeedsConsent) own.read(fields);
      assertThat(page(own.consent().orElseThrow(), needs.settings()).getPath())
          .isEqualTo("/acme/oauth2/v2.0/authorize");
    }
  }

  @Test
  void a_server_whose_page_nobody_knows_names_what_the_operator_can_set() {
    assertThat(faulty(TestWorld.pairs("host", "mail.example.com", "auth", "oauth")))
        .singleElement()
        .matches(problem -> problem.field().equals("auth"))
        .matches(problem -> problem.problem().contains("smtp.oauth-hosts"))
        .matches(problem -> problem.problem().contains("smtp.office365.com"));
  }

  @Test
  void a_page_that_the_operator_took_out_meanwhile_is_missing_with_what_to_do() {
    ChannelSettings begun = needsConsent(fields());
    try (SmtpProvider without = world.provider()) {
      assertThat(without.consent().orElseThrow().page(begun, request()))
          .isInstanceOfSatisfying(
              ConsentPage.Missing.class,
              missing -> assertThat(missing.words()).contains("smtp.oauth-hosts"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "microsoft-client-secret, microsoft-client-id, 6731",
    "microsoft-client-id, microsoft-client-secret, hush",
    "oauth-hosts, oauth-client-id, 6731"
  })
  void half_a_set_up_is_named(String missing, String key, String value) {
    assertThatThrownBy(() -> world.provider(key, value))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo(missing));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://login.company.test/token", "login.company.test", "file:///etc"})
  void an_endpoint_that_would_tell_secrets_is_named(String url) {
    assertThatThrownBy(() -> world.provider(settings("oauth-token-url", url)))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo("oauth-token-url"));
  }
}

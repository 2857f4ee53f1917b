package io.leverans.mail.gmail;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.ConsentAnswer;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.ConsentFlow.Access;
import io.leverans.application.port.provider.ConsentPage;
import io.leverans.application.port.provider.ConsentRequest;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.gmail.ScriptedGoogle.Security;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GmailConsentTest {
  private static final URI REDIRECT = URI.create("https://mail.platform.test/connect/callback");
  private static final ConsentAnswer ANSWER =
      new ConsentAnswer("code-1", REDIRECT, "v".repeat(43), "nonce-1");

  private static final ConsentRequest REQUEST =
      new ConsentRequest("state-1", REDIRECT, "c".repeat(43), "nonce-1");

  private final ScriptedGoogle google = new ScriptedGoogle(Security.PLAIN);
  private final GoogleAccounts accounts = new GoogleAccounts();
  private final TestWorld world = new TestWorld();
  private final GmailProvider provider = world.provider(google);
  private final ConsentFlow consent = provider.consent().orElseThrow();

  @BeforeEach
  void open() {
    google.answer(accounts::answer);
  }

  @AfterEach
  void close() {
    provider.close();
    google.close();
  }

  @Test
  void an_owner_who_consents_connects_their_account() {
    Grant.Granted granted = granted(fresh("off"));
    assertThat(granted.settings().values())
        .containsEntry("account", "1001")
        .containsEntry("address", TestWorld.ADDRESS)
        .containsEntry("read-access", "off")
        .doesNotContainKeys("access-token", "refresh-token");
    assertThat(granted.secrets())
        .containsEntry("access-token", "access-2")
        .containsEntry("refresh-token", "refresh-2")
        .containsEntry("access-expires", TestWorld.NOW.plusSeconds(3600).toString());
    assertThat(consent.accountOf(granted.settings())).contains("1001");
    assertThat(provider.prove(open(granted), Optional.empty())).isInstanceOf(Proof.Works.class);
  }

  @Test
  void what_was_granted_can_be_read_back_and_nothing_else() {
    Grant.Granted granted = granted(fresh("off"));
    Map<String, String> held = new HashMap<>(granted.settings().values());
    held.putAll(granted.secrets());
    assertThat(provider.read(held))
        .isEqualTo(new FilledIn.Complete(granted.settings(), granted.secrets()));
    held.put("read-access", "on");
    assertThat(provider.read(held)).as("more is needed").isInstanceOf(FilledIn.NeedsConsent.class);
  }

  @ParameterizedTest
  @CsvSource({
    "account, 2002",
    "address, boss@lemon.example",
    "scopes, everything",
    "account-pin, abc",
    "account-pin, ''"
  })
  void nobody_can_write_another_account_into_a_channel(String name, String value) {
    Grant.Granted granted = granted(fresh("off"));
    Map<String, String> held = new HashMap<>(granted.settings().values());
    held.putAll(granted.secrets());
    held.put(name, value);
    assertThat(provider.read(held)).isInstanceOf(FilledIn.Faulty.class);
  }

  @Test
  void tokens_of_another_account_are_found_out() {
    OpenChannel channel = open(granted(fresh("off")));
    accounts.userInfo.put("sub", "2002");
    accounts.userInfo.put("email", "eve@lemon.example");
    assertThat(provider.prove(channel, Optional.empty()))
        .isInstanceOfSatisfying(
            Proof.Fails.class,
            fails ->
                assertThat(fails.fault().words()).contains("eve@lemon.example", TestWorld.ADDRESS));
  }

  @Test
  void the_owner_is_asked_for_what_the_channel_needs() {
    String page = page(fresh("off"));
    assertThat(page)
        .startsWith(google.root() + "/consent?")
        .contains("access_type=offline", "prompt=consent", "client_id=platform", "nonce=nonce-1")
        .contains("state=state-1", "code_challenge_method=S256", "gmail.send")
        .doesNotContain("gmail.readonly", "login_hint", "include_granted_scopes");
    assertThat(page(fresh("on"))).contains("gmail.readonly");
    assertThat(page(freshWith("bounces", "mailbox"))).contains("gmail.readonly");
    assertThat(page(TestWorld.channel())).contains("login_hint=carla%40lemon.example");
  }

  @Test
  void without_a_client_of_the_platforms_there_is_no_page_but_what_to_do() {
    try (GmailProvider bare = world.provider(google, "client-id", "")) {
      ConsentFlow without = bare.consent().orElseThrow();
      assertThat(without.page(fresh("off").settings(), REQUEST))
          .isInstanceOfSatisfying(
              ConsentPage.Missing.class,
              missing -> assertThat(missing.words()).contains("gmail.client-id"));
    }
  }

  @Test
  void what_sending_needs_and_the_owner_did_not_grant_is_named() {
    assertThat(consent.missingScopes(TestWorld.channel().settings())).isEmpty();
    assertThat(consent.missingScopes(TestWorld.channel("scopes", "openid email").settings()))
        .containsExactly(TestWorld.SEND);
    assertThat(consent.missingScopes(fresh("off").settings())).isEmpty();
  }

  private String page(OpenChannel channel) {
    return ((ConsentPage.At) consent.page(channel.settings(), REQUEST)).address().toString();
  }

  @Test
  void a_channel_stays_with_its_account() {
    assertThat(granted(TestWorld.channel()).settings().find("account")).contains("1001");
    accounts.claims.put("email", "carla.lemon@lemon.example");
    assertThat(granted(TestWorld.channel()).settings().find("address"))
        .as("an address may change")
        .contains("carla.lemon@lemon.example");
    accounts.claims.put("sub", "2002");
    accounts.claims.put("email", "eve@lemon.example");
    ChannelFault fault = refused(TestWorld.channel());
    assertThat(fault.words() + fault.remedy())
        .contains("eve@lemon.example", TestWorld.ADDRESS, "choose");
    assertThat(fault.certainty()).isEqualTo(Certainty.CERTAIN);
  }

  @Test
  void what_an_owner_unticks_is_missed() {
    accounts.tokens.put("scope", "openid email");
    assertThat(refused(fresh("off")).remedy()).contains("every box ticked");
    accounts.tokens.put("scope", "openid email " + TestWorld.SEND);
    assertThat(refused(fresh("on")).remedy()).contains("switch \"Look up mail in doubt\" off");
    accounts.tokens.put("scope", "openid email " + TestWorld.SEND + " " + TestWorld.READ);
    assertThat(granted(fresh("on")).settings().find("scopes").orElseThrow())
        .contains(TestWorld.READ);
  }

  @Test
  void who_wants_bounces_read_has_to_allow_it_and_nothing_else_is_done_by_it() {
    accounts.tokens.put("scope", "openid email " + TestWorld.SEND);
    assertThat(refused(freshWith("bounces", "mailbox")).remedy()).contains("\"Bounces\"");
    accounts.tokens.put("scope", "openid email " + TestWorld.SEND + " " + TestWorld.READ);

    Grant.Granted granted = granted(freshWith("bounces", "mailbox"));

    assertThat(provider.capabilities(granted.settings()).bounceCapture())
        .isEqualTo(Capabilities.BounceCapture.FROM_SENDERS_MAILBOX);
    assertThat(Scopes.mayReadReports(granted.settings())).isTrue();
    assertThat(Scopes.mayLookUp(granted.settings())).isFalse();
  }

  @Test
  void an_id_token_is_believed_only_if_it_is_googles_for_us_and_for_now() {
    disbelieved(found -> found.claims.put("iss", "https://elsewhere.example"), "iss");
    disbelieved(found -> found.claims.put("aud", "somebody else"), "aud");
    disbelieved(found -> found.claims.put("nonce", "of another request"), "nonce");
    disbelieved(found -> found.claims.put("exp", TestWorld.NOW.getEpochSecond() - 3600), "exp");
    disbelieved(found -> found.claims.put("email_verified", false), "email_verified");
    disbelieved(found -> found.claims.put("email", "nobody"), "email");
    disbelieved(found -> found.claims.remove("sub"), "sub");
    disbelieved(GoogleAccounts::forge, "signature");
    google.answer(
        request ->
            request.place().equals("/certs")
                ? ScriptedGoogle.Reply.json(200, "{\"keys\": []}")
                : accounts.answer(request));
    try (GmailProvider other = world.provider(google)) {
      assertThat(other.consent().orElseThrow().redeem(fresh("off"), ANSWER))
          .as("no keys")
          .isInstanceOf(Grant.Refused.class);
    }
  }

  private void disbelieved(Consumer<GoogleAccounts> change, String what) {
    GoogleAccounts changed = new GoogleAccounts();
    change.accept(changed);
    google.answer(changed::answer);
    try (GmailProvider other = world.provider(google)) {
      assertThat(other.consent().orElseThrow().redeem(fresh("off"), ANSWER))
          .as(what)
          .isInstanceOf(Grant.Refused.class);
    }
  }

  @Test
  void google_may_write_its_name_without_the_scheme() {
    accounts.claims.put("iss", "accounts.google.test");
    assertThat(granted(fresh("off")).settings().find("account")).contains("1001");
  }

  @Test
  void straight_from_the_token_endpoint_a_token_needs_no_signature_if_the_operator_says_so() {
    accounts.forge();
    assertThat(consent.redeem(fresh("off"), ANSWER)).isInstanceOf(Grant.Refused.class);
    try (GmailProvider trusting = world.provider(google, "id-token", "direct")) {
      ConsentFlow flow = trusting.consent().orElseThrow();
      assertThat(flow.redeem(fresh("off"), ANSWER)).isInstanceOf(Grant.Granted.class);
      accounts.claims.put("nonce", "of another request");
      assertThat(flow.redeem(fresh("off"), ANSWER)).isInstanceOf(Grant.Refused.class);
    }
  }

  @Test
  void access_without_end_is_needed() {
    accounts.tokens.put("refresh_token", "");
    assertThat(refused(fresh("off")).remedy()).contains("myaccount.google.com");
    assertThat(granted(TestWorld.channel()).secrets())
        .as("a channel that has it keeps it")
        .containsEntry("refresh-token", "refresh-1");
  }

  @Test
  void access_is_renewed_before_it_runs_out() {
    OpenChannel channel = TestWorld.channel();
    assertThat(consent.accessOf(channel, TestWorld.NOW)).isEqualTo(Access.FRESH);
    assertThat(consent.accessOf(channel, TestWorld.NOW.plusSeconds(3500))).isEqualTo(Access.STALE);
    assertThat(consent.accessOf(fresh("off"), TestWorld.NOW)).isEqualTo(Access.STALE);
    accounts.tokens.put("refresh_token", "");
    assertThat(consent.renew(open(granted(channel))))
        .isInstanceOfSatisfying(
            Renewal.Renewed.class,
            renewed ->
                assertThat(renewed.secrets())
                    .containsEntry("access-token", "access-2")
                    .containsEntry("refresh-token", "refresh-1")
                    .containsKey("account-pin"));
  }

  @Test
  void access_that_was_taken_away_is_to_be_given_again() {
    accounts.refuseTokens(
        400, "{\"error\": \"invalid_grant\", \"error_description\": \"Token revoked.\"}");
    assertThat(consent.renew(TestWorld.channel()))
        .isInstanceOfSatisfying(
            Renewal.Refused.class,
            refused -> {
              assertThat(refused.fault().cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
              assertThat(refused.fault().certainty()).isEqualTo(Certainty.CERTAIN);
              assertThat(refused.fault().remedy()).containsIgnoringCase("again");
              assertThat(refused.until()).isEmpty();
            });
    accounts.refuseTokens(503, "{}");
    assertThat(consent.renew(TestWorld.channel())).isInstanceOf(Renewal.NotNow.class);
  }

  @Test
  void access_is_given_back_to_google() {
    List<String> asked = new ArrayList<>();
    google.answer(
        request -> {
          asked.add(request.place());
          return ScriptedGoogle.Reply.json(200, "{}");
        });
    assertThat(consent.giveBack(TestWorld.channel())).isEqualTo(ConsentFlow.GivenBack.DONE);
    assertThat(asked).containsExactly("/revoke");
    assertThat(consent.giveBack(TestWorld.channel("refresh-token", "")))
        .isEqualTo(ConsentFlow.GivenBack.FAILED);
    google.vanish();
    assertThat(consent.giveBack(TestWorld.channel())).isEqualTo(ConsentFlow.GivenBack.FAILED);
  }

  @Test
  void a_client_secret_that_has_run_out_is_the_operators_to_mend_and_mail_waits() {
    accounts.refuseTokens(401, "{\"error\": \"invalid_client\"}");
    assertOperatorsToMend(consent.renew(TestWorld.channel()));
    assertThat(refused(fresh("off")).remedy())
        .startsWith("Tell the operator")
        .contains("gmail.client-secret");
  }

  @Test
  void a_platform_that_is_not_registered_any_more_is_the_operators_to_mend_and_mail_waits() {
    try (GmailProvider bare = world.provider(google, "client-id", "")) {
      assertOperatorsToMend(bare.consent().orElseThrow().renew(TestWorld.channel()));
    }
  }

  private static void assertOperatorsToMend(Renewal renewal) {
    assertThat(renewal)
        .isInstanceOfSatisfying(
            Renewal.Refused.class,
            refused -> {
              assertThat(refused.until()).contains(Duration.ofHours(1));
              assertThat(refused.fault().certainty()).isEqualTo(Certainty.CERTAIN);
              assertThat(refused.fault().remedy())
                  .contains("not yours to mend", "gmail.client-secret", "Mail waits");
            });
  }

  @Test
  void what_was_found_is_told_in_sentences() {
    OpenChannel channel = open(granted(fresh("off")));
    assertThat(provider.prove(channel, Optional.of(EmailAddress.parse("asa@contoso.example"))))
        .isInstanceOfSatisfying(
            Proof.Works.class,
            works ->
                assertThat(String.join(" ", works.findings()))
                    .contains(TestWorld.ADDRESS, "asa@contoso.example", "25 MB", "2000 messages"));
  }

  @Test
  void access_that_google_does_not_take_is_told() {
    OpenChannel channel = open(granted(fresh("off")));
    google.answer(_ -> ScriptedGoogle.Reply.json(401, "{\"error\": \"invalid_token\"}"));
    assertThat(provider.prove(channel, Optional.empty()))
        .isInstanceOfSatisfying(
            Proof.Fails.class,
            fails -> assertThat(fails.fault().cause()).isEqualTo(Cause.CREDENTIALS_REFUSED));
    google.vanish();
    assertThat(provider.prove(channel, Optional.empty()))
        .isInstanceOfSatisfying(
            Proof.Fails.class,
            fails -> assertThat(fails.fault().cause()).isEqualTo(Cause.NETWORK_FAILURE));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void google_having_trouble_is_no_refused_sign_in(int status) {
    OpenChannel channel = open(granted(fresh("off")));
    google.answer(_ -> ScriptedGoogle.Reply.json(status, "{\"error\": \"try later\"}"));
    assertThat(provider.prove(channel, Optional.empty()))
        .isInstanceOfSatisfying(
            Proof.Fails.class,
            fails -> assertThat(fails.fault().cause()).isEqualTo(Cause.NETWORK_FAILURE));
  }

  private Grant.Granted granted(OpenChannel channel) {
    Grant grant = consent.redeem(channel, ANSWER);
    assertThat(grant).isInstanceOf(Grant.Granted.class);
    return (Grant.Granted) grant;
  }

  private ChannelFault refused(OpenChannel channel) {
    Grant grant = consent.redeem(channel, ANSWER);
    assertThat(grant).isInstanceOf(Grant.Refused.class);
    return ((Grant.Refused) grant).fault();
  }

  /** A channel that nobody has consented to yet. */
  private static OpenChannel fresh(String readAccess) {
    return freshWith("read-access", readAccess);
  }

  private static OpenChannel freshWith(String setting, String value) {
    return new OpenChannel(
        TestWorld.CHANNEL, GmailProviderFactory.KIND, new ChannelSettings(Map.of(setting, value)));
  }

  private static OpenChannel open(Grant.Granted granted) {
    Map<String, String> values = new HashMap<>(granted.settings().values());
    values.putAll(granted.secrets());
    return new OpenChannel(
        TestWorld.CHANNEL, GmailProviderFactory.KIND, new ChannelSettings(values));
  }
}

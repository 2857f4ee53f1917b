package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.ConsentAnswer;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.ConsentFlow.Access;
import io.leverans.application.port.provider.ConsentPage;
import io.leverans.application.port.provider.ConsentRequest;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.Preset;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.mail.simulator.WorldSettings;
import io.leverans.mail.simulator.microsoft.MicrosoftSettings;
import io.leverans.mail.simulator.microsoft.SimulatedMicrosoft;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a company's server whose accounts sign in on a page as Microsoft 365 has it. */
class AccountConsentTest {
  private static final URI BACK = URI.create("https://mail.platform.test/connect/callback");
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String NONCE = "n-0S6_WzA2Mj";
  private static final String SANDY = "sandy@company.test";
  private static final List<String> TOKENS =
      List.of("access-token", "access-expires", "refresh-token", "consent-seal");

  private final TestWorld world = new TestWorld();
  private static SimulatedWorld simulated;
  private SmtpProvider provider;

  @BeforeAll
  static void startWorld() throws IOException {
    simulated = SimulatedWorld.start(WorldSettings.defaults());
  }

  @AfterAll
  static void closeWorld() {
    simulated.close();
  }

  @BeforeEach
  void start() {
    world.set(Instant.now());
    provider = world.provider(settings());
  }

  @AfterEach
  void close() {
    provider.close();
    world.close();
  }

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

  private static void assertOperatorsToMend(Renewal renewal, String setting) {
    assertThat(renewal)
        .asInstanceOf(type(Renewal.Refused.class))
        .satisfies(
            refused -> {
              assertThat(refused.until()).contains(Duration.ofHours(1));
              assertThat(refused.fault().certainty()).isEqualTo(Certainty.CERTAIN);
              assertThat(refused.fault().remedy())
                  .contains("not yours to mend", setting, "Mail waits");
            });
  }

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
  void a_channel_with_a_password_has_no_access_to_renew() {
    OpenChannel channel =
        TestWorld.channel(
            provider, "host", "mail.test", "username", "anna", "password", "correct horse");
    assertThat(consent().accessOf(channel, world.now())).isEqualTo(Access.FRESH);
    assertThat(consent().accountOf(channel.settings())).isEmpty();
    assertThat(consent().renew(channel)).isInstanceOf(Renewal.NotNow.class);
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

  @Test
  void the_page_opens_with_the_name_that_is_known() throws Exception {
    Map<String, String> fields = fields();
    fields.put("username", SANDY);
    assertThat(form(page(consent(), needsConsent(fields)).getRawQuery()))
        .containsEntry("login_hint", SANDY);
    assertThat(form(page(consent(), needsConsent(fields())).getRawQuery()))
        .doesNotContainKey("login_hint");
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

  private String[] settings(String... more) {
    SimulatedMicrosoft microsoft = simulated.company().microsoft();
    Map<String, String> settings =
        TestWorld.pairs(
            "dns-server",
            "127.0.0.1:" + simulated.dnsAddress().getPort(),
            "oauth-hosts",
            "mail.company.test",
            "oauth-authorize-url",
            microsoft.authorizeUrl().toString(),
            "oauth-token-url",
            microsoft.tokenUrl().toString(),
            "oauth-client-id",
            MicrosoftSettings.CLIENT.id(),
            "oauth-client-secret",
            MicrosoftSettings.CLIENT.secret(),
            "oauth-scopes",
            SimulatedMicrosoft.SEND + " offline_access openid email");
    settings.putAll(TestWorld.pairs(more));
    List<String> texts = new ArrayList<>();
    settings.forEach((key, value) -> texts.addAll(List.of(key, value)));
    return texts.toArray(String[]::new);
  }

  private Map<String, String> fields() {
    return TestWorld.pairs(
        "host",
        "mail.company.test",
        "port",
        String.valueOf(simulated.company().startTlsAddress().getPort()),
        "ca",
        simulated.company().authorityCertificate(),
        "auth",
        "oauth");
  }

  private ConsentFlow consent() {
    return provider.consent().orElseThrow();
  }

  private ChannelSettings needsConsent(Map<String, String> fields) {
    return ((FilledIn.NeedsConsent) provider.read(fields)).settings();
  }

  private List<FieldProblem> faulty(Map<String, String> fields) {
    return ((FilledIn.Faulty) provider.read(fields)).problems();
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

  @Test
  void who_was_let_in_stays_so_when_the_operator_asks_for_other_scopes_from_then_on()
      throws Exception {
    ChannelSettings connected = granted(fields(), SANDY).settings();
    try (SmtpProvider other = world.provider(settings("oauth-scopes", "mail.send openid"))) {
      assertThat(other.consent().orElseThrow().missingScopes(connected)).isEmpty();
    }
  }

  private static URI page(ConsentFlow flow, ChannelSettings settings) {
    return ((ConsentPage.At) flow.page(settings, request())).address();
  }

  private Grant.Granted granted(Map<String, String> fields, String account) throws Exception {
    return (Grant.Granted) redeem(needsConsent(fields), account, NONCE);
  }

  private Grant redeem(ChannelSettings settings, String account, String nonce) throws Exception {
    String code = codeFor(settings, account);
    return consent()
        .redeem(open(settings, Map.of()), new ConsentAnswer(code, BACK, VERIFIER, nonce));
  }

  /** What the owner's browser brings back from the page. */
  private String codeFor(ChannelSettings settings, String account) throws Exception {
    URI page = page(consent(), settings);
    try (HttpClient browser = HttpClient.newHttpClient()) {
      var press =
          HttpRequest.newBuilder(simulated.company().microsoft().authorizeUrl())
              .POST(BodyPublishers.ofString(page.getRawQuery() + "&account=" + account))
              .build();
      String back =
          browser.send(press, BodyHandlers.discarding()).headers().firstValue("Location").get();
      assertThat(back).startsWith(BACK.toString());
      Map<String, String> answer = form(URI.create(back).getRawQuery());
      assertThat(answer).containsEntry("state", "the-state");
      return answer.get("code");
    }
  }

  /** How each well-known server is proposed to be signed in to. */
  private static Map<String, String> presets(SmtpProvider provider) {
    return ((ConnectionForm.Fields) provider.form())
        .presets().stream()
            .collect(
                Collectors.toMap(Preset::name, preset -> preset.values().getOrDefault("auth", "")));
  }

  private static ConsentRequest request() {
    return new ConsentRequest("the-state", BACK, VERIFIER, NONCE);
  }

  private static Map<String, String> merged(Grant.Granted granted) {
    Map<String, String> merged = new HashMap<>(granted.settings().values());
    merged.putAll(granted.secrets());
    return merged;
  }

  private static OpenChannel open(Grant.Granted granted) {
    return open(granted.settings(), granted.secrets());
  }

  private static OpenChannel open(ChannelSettings settings, Map<String, String> secrets) {
    Map<String, String> values = new HashMap<>(settings.values());
    values.putAll(secrets);
    return new OpenChannel(
        TestWorld.CHANNEL, SmtpProviderFactory.KIND, new ChannelSettings(values));
  }

  private AttemptReport attempt(OpenChannel channel) {
    return attempt(channel, "ada@example.org");
  }

  private AttemptReport attempt(OpenChannel channel, String recipient) {
    return provider.transport().attempt(world.dispatch(recipient), channel, _ -> Permission.GO);
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    Arrays.stream(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .forEach(
            pair ->
                form.put(
                    URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return form;
  }
}

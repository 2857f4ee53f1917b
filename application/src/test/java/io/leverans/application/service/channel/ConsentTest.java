package io.leverans.application.service.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.BeginConsent;
import io.leverans.application.port.in.BeginConsent.Aim;
import io.leverans.application.port.in.BeginConsent.Result.Begun;
import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.port.in.ConcludeConsent;
import io.leverans.application.port.in.ConcludeConsent.Answer;
import io.leverans.application.port.in.ConcludeConsent.Result.Connected;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.LeadToConsent;
import io.leverans.application.port.in.LeadToConsent.Question;
import io.leverans.application.port.in.LeadToConsent.Way;
import io.leverans.application.port.in.RemoveChannel;
import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.port.out.memory.MemoryApiKeys;
import io.leverans.application.port.out.memory.MemoryConsents;
import io.leverans.application.port.provider.ConsentAnswer;
import io.leverans.application.port.provider.ConsentPage;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.Gatekeeper;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the question to the connected channel. */
class ConsentTest {
  private static final URI CALLBACK = URI.create("https://leverans.example.com/connect/callback");
  private static final Optional<URI> BACK = Optional.of(URI.create("https://crm.example/done"));
  private static final Map<String, String> LOFT = Map.of(PigeonProvider.LOFT, "the old mill");
  private static final ChannelFault STRANGER =
      new ChannelFault(
          Cause.CREDENTIALS_REFUSED, "a stranger", "Ask the owner.", Certainty.CERTAIN);

  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Gatekeeper gatekeeper = new Gatekeeper();
  private final MemoryApiKeys apiKeys = deployment.apiKeys;
  private final MemoryConsents consents = deployment.consents;
  private final BeginConsentService begin =
      new BeginConsentService(
          consents, deployment.channels, own.providers, own.opening, deployment.ids);
  private final LeadToConsentService lead =
      new LeadToConsentService(consents, own.providers, own.opening, deployment.ids, CALLBACK);
  private final ConcludeConsentService conclude =
      new ConcludeConsentService(
          consents,
          deployment.channels,
          deployment.identities,
          deployment.waitingMail,
          deployment.queue,
          own.choosing,
          own.opening,
          CALLBACK);

  @BeforeEach
  void lofts_ask_their_owners() {
    own.pigeon.flow = Optional.of(gatekeeper);
  }

  @Test
  void the_owner_is_told_who_asks_for_whom_and_where_they_are_led() {
    LinkCode ticket = begun(deployment.member, connect(Ownership.MEMBER));

    var question = assertInstanceOf(Question.class, lead.show(ticket));

    assertThat(question.asker()).isEqualTo("Bo");
    assertThat(question.kindTitle()).isEqualTo("Pigeon");
    assertThat(question.owner())
        .isEqualTo(
            new ChannelOwner.OfMember(deployment.member.team(), deployment.member.member().id()));
    assertThat(question.host()).isEqualTo("lofts.example");
  }

  @Test
  void nothing_is_stored_before_the_owner_has_agreed() {
    LinkCode ticket = begun(deployment.member, connect(Ownership.MEMBER));
    var _ = lead.depart(ticket);

    assertThat(deployment.channels.openTo(deployment.member.member()))
        .containsExactly(deployment.platformChannel);
  }

  @Test
  void the_answer_is_traded_with_what_only_this_departure_knows_and_the_channel_is_connected() {
    LinkCode ticket = begun(deployment.member, connect(Ownership.MEMBER));
    Way way = departed(ticket);

    Connected connected = (Connected) conclude(way, new Answer.Code("yes"));

    var request = gatekeeper.requests.getLast();
    assertThat(request.redirect()).isEqualTo(CALLBACK);
    assertThat(request.verifier()).matches("[A-Za-z0-9._~-]{43,128}");
    assertThat(gatekeeper.answers)
        .containsExactly(new ConsentAnswer("yes", CALLBACK, request.verifier(), request.nonce()));
    assertThat(connected.redirect()).isEqualTo(BACK);
    assertThat(connected.findings()).isEqualTo(PigeonProvider.FINDINGS);
    Channel channel = connected.channel().channel();
    assertThat(channel.label()).isEqualTo("Mill");
    assertThat(channel.settings().values())
        .isEqualTo(Map.of(PigeonProvider.LOFT, "the old mill", Gatekeeper.OWNER, "old Tom"));
    assertThat(own.opening.secretsOf(channel))
        .isEqualTo(Map.of(PigeonProvider.RING, "ring for yes"));
  }

  @Test
  void an_answer_counts_once() {
    Way way = departed(begun(deployment.member, connect(Ownership.MEMBER)));
    var _ = conclude(way, new Answer.Code("yes"));

    assertThat(conclude(way, new Answer.Code("yes")))
        .isEqualTo(new ConcludeConsent.Result.Unknown());
    assertThat(gatekeeper.answers).hasSize(1);
  }

  @Test
  void an_answer_in_another_browser_counts_nothing_and_burns_nothing() {
    Way way = departed(begun(deployment.member, connect(Ownership.MEMBER)));
    var stranger = new LinkCode(deployment.member.team(), deployment.ids.secret());

    assertThat(
            conclude.conclude(
                new ConcludeConsent.Command(state(), stranger, new Answer.Code("yes"))))
        .isEqualTo(new ConcludeConsent.Result.Unknown());
    assertThat(conclude(way, new Answer.Code("yes"))).isInstanceOf(Connected.class);
  }

  @Test
  void a_consent_that_comes_too_late_is_unknown() {
    Way way = departed(begun(deployment.member, connect(Ownership.MEMBER)));

    deployment.pass(Duration.ofMinutes(31));

    assertThat(conclude(way, new Answer.Code("yes")))
        .isEqualTo(new ConcludeConsent.Result.Unknown());
  }

  @Test
  void what_no_key_opens_any_more_has_to_begin_again() {
    LinkCode ticket = begun(deployment.member, connect(Ownership.MEMBER));
    Way way = departed(ticket);
    LinkCode state = state();

    own.seal.loseKeys();

    assertThat(lead.depart(ticket)).isEqualTo(new LeadToConsent.Gone());
    assertThat(
            conclude.conclude(
                new ConcludeConsent.Command(state, way.browser(), new Answer.Code("yes"))))
        .isEqualTo(new ConcludeConsent.Result.Gone(BACK));
    assertThat(gatekeeper.answers).isEmpty();
  }

  @Test
  void what_the_operator_took_out_meanwhile_is_told_with_whom_to_ask() {
    LinkCode ticket = begun(deployment.member, connect(Ownership.MEMBER));
    gatekeeper.missing = Optional.of(new ConsentPage.Missing("The gate is walled up."));
    var walledUp = new LeadToConsent.NotOffered("Bo", "The gate is walled up.");

    assertThat(lead.show(ticket)).isEqualTo(walledUp);
    assertThat(lead.depart(ticket)).isEqualTo(walledUp);

    gatekeeper.missing = Optional.empty();
    assertThat(lead.depart(ticket)).isInstanceOf(Way.class);
    own.pigeon.flow = Optional.empty();
    assertThat(lead.show(ticket)).isInstanceOf(LeadToConsent.NotOffered.class);
    assertThat(lead.depart(ticket)).isInstanceOf(LeadToConsent.NotOffered.class);
  }

  @Test
  void nobody_is_asked_any_more_for_a_channel_that_was_removed() {
    Channel channel = connected(deployment.member, Ownership.MEMBER);
    LinkCode ticket = begun(deployment.member, reconnect(channel));
    assertThat(lead.show(ticket)).isInstanceOf(Question.class);

    assertThat(
            new RemoveChannelService(
                    deployment.channels,
                    deployment.waitingMail,
                    consents,
                    own.choosing,
                    own.opening)
                .remove(
                    new RemoveChannel.Command(
                        deployment.member, channel.id(), RemoveChannel.WithMail.REFUSE)))
        .isInstanceOf(RemoveChannel.Result.Removed.class);

    assertThat(lead.show(ticket)).isEqualTo(new LeadToConsent.Gone());
  }

  @Test
  void an_owner_who_says_no_changes_nothing() {
    Way way = departed(begun(deployment.member, connect(Ownership.MEMBER)));

    assertThat(conclude(way, new Answer.Refusal("access_denied")))
        .isEqualTo(new ConcludeConsent.Result.Declined("access_denied", BACK));
    assertThat(gatekeeper.answers).isEmpty();
  }

  @Test
  void once_the_key_that_asked_is_taken_back_nothing_is_connected() {
    var key = apiKeys.issue(deployment.member.member(), "soon gone", Optional.empty());
    LinkCode ticket = begun(deployment.member, key.clear(), connect(Ownership.MEMBER));
    Way way = departed(ticket);
    assertThat(apiKeys.revoke(deployment.member.team(), key.prefix()))
        .isEqualTo(ApiKeys.Revocation.REVOKED);

    assertThat(conclude(way, new Answer.Code("yes")))
        .isEqualTo(new ConcludeConsent.Result.NotWanted(BACK));
    assertThat(gatekeeper.answers).isEmpty();
  }

  @Test
  void access_that_the_provider_refuses_or_that_does_not_work_is_not_stored() {
    gatekeeper.refusal = Optional.of(new Grant.Refused(STRANGER));
    Way refused = departed(begun(deployment.member, connect(Ownership.MEMBER)));
    assertThat(conclude(refused, new Answer.Code("yes")))
        .isEqualTo(new ConcludeConsent.Result.Refused(STRANGER, BACK));

    gatekeeper.refusal = Optional.empty();
    own.pigeon.proof = new Proof.Fails(STRANGER, Optional.empty(), List.of());
    Way useless = departed(begun(deployment.member, connect(Ownership.MEMBER)));
    assertThat(conclude(useless, new Answer.Code("yes")))
        .isEqualTo(new ConcludeConsent.Result.Refused(STRANGER, BACK));

    assertThat(deployment.channels.openTo(deployment.member.member()))
        .containsExactly(deployment.platformChannel);
  }

  @Test
  void reconnecting_keeps_the_id_and_mail_goes_on() {
    Channel channel = connected(deployment.member, Ownership.MEMBER);
    var waiting = own.parked(channel.id());
    var _ =
        deployment.channels.faulted(deployment.member.team(), channel, STRANGER, Optional.empty());

    Way way = departed(begun(deployment.member, reconnect(channel)));
    Connected again = (Connected) conclude(way, new Answer.Code("again"));

    assertThat(again.channel().channel().id()).isEqualTo(channel.id());
    assertThat(again.channel().channel().health()).isEqualTo(new ChannelHealth.Connected());
    assertThat(own.opening.secretsOf(again.channel().channel()))
        .isEqualTo(Map.of(PigeonProvider.RING, "ring for again"));
    own.assertResumed(waiting);
  }

  @Test
  void an_account_connected_before_for_the_same_people_is_the_same_channel() {
    Channel first = connected(deployment.member, Ownership.MEMBER);

    Channel second = connected(deployment.member, Ownership.MEMBER);
    Channel colleagues = connected(deployment.colleague, Ownership.MEMBER);
    gatekeeper.account = "young Tim";
    Channel another = connected(deployment.member, Ownership.MEMBER);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(colleagues.id()).isNotEqualTo(first.id());
    assertThat(another.id()).isNotEqualTo(first.id());
  }

  @Test
  void what_is_filled_in_wrongly_bothers_nobody() {
    assertThat(
            begin.begin(
                command(
                    deployment.member,
                    new Aim.Connect(PigeonProvider.KIND, "", Ownership.MEMBER, new HashMap<>()))))
        .isEqualTo(new BeginConsent.Result.Faulty(List.of(PigeonProvider.noLoft())));
    assertThat(begin.begin(command(deployment.member, connect(Ownership.TEAM))))
        .isEqualTo(new BeginConsent.Result.AdminsOnly());
    assertThat(
            begin.begin(
                command(
                    deployment.member,
                    new Aim.Connect(Deployment.PAPER, "", Ownership.MEMBER, Map.of()))))
        .isEqualTo(new BeginConsent.Result.NoConsentNeeded(Deployment.PAPER));
  }

  @Test
  void a_channel_is_reconnected_by_those_who_look_after_it() {
    Channel members = connected(deployment.member, Ownership.MEMBER);
    Channel teams = connected(deployment.admin, Ownership.TEAM);

    assertThat(begin.begin(command(deployment.colleague, reconnect(members))))
        .isEqualTo(new BeginConsent.Result.UnknownChannel());
    assertThat(begin.begin(command(deployment.admin, reconnect(members))))
        .isEqualTo(new BeginConsent.Result.NotYours());
    assertThat(begin.begin(command(deployment.member, reconnect(teams))))
        .isEqualTo(new BeginConsent.Result.NotYours());
  }

  @Test
  void a_channel_stays_with_its_account_whatever_is_filled_in_or_granted() {
    Channel channel = connected(deployment.member, Ownership.MEMBER);

    assertThat(
            begin.begin(
                command(
                    deployment.member,
                    new Aim.Reconnect(
                        channel.id(), Map.of(Gatekeeper.OWNER, "", PigeonProvider.RING, "")))))
        .isInstanceOf(BeginConsent.Result.Faulty.class);

    Way way = departed(begun(deployment.member, reconnect(channel)));
    gatekeeper.account = "young Tim";
    assertThat(conclude(way, new Answer.Code("yes")))
        .isEqualTo(new ConcludeConsent.Result.NotWanted(BACK));
  }

  @Test
  void other_settings_of_an_account_need_its_owners_consent_again() {
    Channel channel = connected(deployment.member, Ownership.MEMBER);
    var change =
        new ChangeChannelService(
            deployment.channels,
            deployment.identities,
            deployment.waitingMail,
            deployment.queue,
            deployment.lanes,
            own.providers,
            own.opening,
            new UsableChannels(deployment.channels, own.opening, deployment::now, _ -> {}));

    assertThat(
            change.change(
                new ChangeChannel.Command(
                    deployment.member,
                    channel.id(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(PigeonProvider.LOFT, "the new mill"))))
        .isEqualTo(new ChangeChannel.Result.NeedsConsent());
  }

  private Channel connected(Caller caller, Ownership ownership) {
    deployment.pass(Duration.ofSeconds(1));
    Way way = departed(begun(caller, connect(ownership)));
    return ((Connected) conclude(way, new Answer.Code("yes"))).channel().channel();
  }

  private Way departed(LinkCode ticket) {
    return assertInstanceOf(Way.class, lead.depart(ticket));
  }

  private static Aim.Connect connect(Ownership ownership) {
    return new Aim.Connect(PigeonProvider.KIND, "Mill", ownership, LOFT);
  }

  private static Aim.Reconnect reconnect(Channel channel) {
    return new Aim.Reconnect(channel.id(), Map.of());
  }

  private BeginConsent.Command command(Caller caller, Aim aim) {
    String key = apiKeys.issue(caller.member(), "a test", Optional.empty()).clear();
    return new BeginConsent.Command(caller, key, aim, BACK);
  }

  private LinkCode begun(Caller caller, Aim aim) {
    return ((Begun) begin.begin(command(caller, aim))).ticket();
  }

  private LinkCode begun(Caller caller, String key, Aim aim) {
    return ((Begun) begin.begin(new BeginConsent.Command(caller, key, aim, BACK))).ticket();
  }

  private LinkCode state() {
    return LinkCode.parse(gatekeeper.requests.getLast().state());
  }

  private ConcludeConsent.Result conclude(Way way, Answer answer) {
    return conclude.conclude(new ConcludeConsent.Command(state(), way.browser(), answer));
  }
}

package io.leverans.bootstrap.wiring;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.in.FollowMailboxes;
import io.leverans.application.port.out.Dns;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.UnsubscribeCodes;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.author.Authors;
import io.leverans.application.service.channel.OpeningChannels;
import io.leverans.application.service.channel.TellingOwners;
import io.leverans.application.service.channel.TendChannelsService;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.application.service.composition.MessagePolicy;
import io.leverans.application.service.erasure.CarryOutErasuresService;
import io.leverans.application.service.explanation.ExplainAnyMessageService;
import io.leverans.application.service.explanation.Explanations;
import io.leverans.application.service.failure.CarryOutRetriesService;
import io.leverans.application.service.failure.MendFailureRecordsService;
import io.leverans.application.service.feed.NumberEventsService;
import io.leverans.application.service.identity.Choosing;
import io.leverans.application.service.platform.MetFaults;
import io.leverans.application.service.platform.OperatorsAddresses;
import io.leverans.application.service.platform.WatchPlatformService;
import io.leverans.application.service.platform.WatchedDispatches;
import io.leverans.application.service.platform.WatchedReports;
import io.leverans.application.service.preflight.DmarcPolicies;
import io.leverans.application.service.preflight.SendingObjections;
import io.leverans.application.service.report.FollowMailboxesService;
import io.leverans.application.service.report.ReceiveReportService;
import io.leverans.application.service.sending.CarryOutDispatchService;
import io.leverans.application.service.sending.ClaimDueMailService;
import io.leverans.application.service.sending.ExpireMailService;
import io.leverans.application.service.sending.GiveUpMailService;
import io.leverans.application.service.sending.InquireDoubtsService;
import io.leverans.application.service.sending.LaneTraffic;
import io.leverans.application.service.sending.LeaseTerms;
import io.leverans.application.service.sending.RenewLeasesService;
import io.leverans.application.service.suppression.WorkOnImportsService;
import io.leverans.application.service.systemmail.SystemMail;
import io.leverans.application.service.systemmail.SystemSender;
import io.leverans.application.service.team.AdministerApiKeysService;
import io.leverans.application.service.team.AdministerMembersService;
import io.leverans.application.service.team.AdministerTeamsService;
import io.leverans.application.service.team.SetUpTeamService;
import io.leverans.application.service.upkeep.PurgeOldMailService;
import io.leverans.application.service.upkeep.RotateKeysService;
import io.leverans.bootstrap.runtime.Visitors;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.secrets.SealingKeys;
import io.leverans.secrets.SignedUnsubscribeCodes;
import java.net.URI;
import java.time.InstantSource;

/** Puts the services together over the stores, the keys and the providers. */
final class Assembly {
  private final Settings settings;
  private final Stores stores;
  private final SealingKeys keys;
  private final Providers providers;
  private final PlatformChannels platformChannels;
  private final URI publicUrl;
  private final Dns dns;
  private final InstantSource clock = InstantSource.system();

  Assembly(
      Settings settings,
      Stores stores,
      SealingKeys keys,
      Providers providers,
      PlatformChannels platformChannels,
      URI publicUrl,
      Dns dns) {
    this.settings = settings;
    this.stores = stores;
    this.keys = keys;
    this.providers = providers;
    this.platformChannels = platformChannels;
    this.publicUrl = publicUrl;
    this.dns = dns;
  }

  /**
   * All that works.
   *
   * @param roomAgain is run when what is ready and had no place to be tried may have one
   */
  Engine engine(LeaseId holder, Runnable roomAgain) {
    var opening = new OpeningChannels(keys);
    ChannelId systemChannel = platformChannels.keep(stores.channels(), stores.ids(), opening);
    var choosing = new Choosing(systemChannel, providers);
    var policy = new MessagePolicy(settings.platformDomain(), settings.maxMessageSize());
    var domains = new DomainAssembly(stores, keys, providers, dns, clock);
    var authors = new Authors(domains.workingDomains());
    SystemMail systemMail = systemMail(systemChannel, policy, authors);
    var usable = new UsableChannels(stores.channels(), opening, clock, Outages::log);
    var terms = new LeaseTerms(holder, settings.lease());
    var traffic = new LaneTraffic(clock, roomAgain);
    var met = new MetFaults();
    ReportInbox inbox = inbox(met);
    var visitors = new Visitors();
    RetrySchedules schedules = settings.retrySchedules();
    Explanations explanations = explanations(schedules);
    return new Engine(
        new ApiAssembly(
                stores,
                providers,
                choosing,
                opening,
                usable,
                policy,
                systemMail,
                authors,
                domains,
                objections(domains),
                explanations,
                schedules,
                unsubscribeCodes(),
                clock,
                publicUrl)
            .useCases(),
        administration(choosing, explanations),
        new ClaimDueMailService(
            stores.queue(), stores.lanes(), traffic, terms, schedules.usual(), FailedSending::log),
        carryOutDispatch(traffic, schedules, usable, met),
        new GiveUpMailService(stores.lanes(), stores.stuckMail(), stores.channels(), schedules),
        new RenewLeasesService(stores.queue(), terms),
        stores.queue()::handBack,
        new NumberEventsService(stores.events()),
        tendChannels(systemMail),
        inquireDoubts(usable),
        new ExpireMailService(stores.queue()),
        stores.consents()::clearEnded,
        domains.tendDomains(systemMail),
        new PurgeOldMailService(stores.keptMail(), settings.retention()),
        new WorkOnImportsService(stores.suppressionImports()),
        new MendFailureRecordsService(stores.failureRecords()),
        carryOutRetries(holder),
        new CarryOutErasuresService(stores.erasures()),
        watchPlatform(systemMail, met),
        inbox,
        followMailboxes(usable, inbox, visitors),
        visitors);
  }

  private SystemMail systemMail(ChannelId systemChannel, MessagePolicy policy, Authors authors) {
    return new SystemMail(
        stores.messages(),
        stores.channels(),
        providers,
        stores.ids(),
        clock,
        policy,
        new SystemSender(systemChannel, settings.systemMailFrom(), publicUrl),
        authors);
  }

  private SendingObjections objections(DomainAssembly domains) {
    return new SendingObjections(
        new DmarcPolicies(
            dns,
            domains.names(),
            clock,
            question -> Thread.ofVirtual().name("dmarc").start(question)));
  }

  private Explanations explanations(RetrySchedules schedules) {
    return new Explanations(
        stores.queuePlaces(), stores.channels(), providers, stores.lanes(), schedules, clock);
  }

  private CarryOutDispatch carryOutDispatch(
      LaneTraffic traffic, RetrySchedules schedules, UsableChannels usable, MetFaults met) {
    return new WatchedDispatches(
        new CarryOutDispatchService(
            stores.channels(),
            providers,
            stores.queue(),
            stores.lanes(),
            traffic,
            schedules,
            usable,
            FailedSending::log),
        stores.channels(),
        met);
  }

  private CarryOutRetriesService carryOutRetries(LeaseId holder) {
    return new CarryOutRetriesService(
        stores.retries(),
        (team, addresses) -> stores.suppressions().among(team, addresses).keySet(),
        holder);
  }

  private ReportInbox inbox(MetFaults met) {
    return new ReceiveReportService(
        stores.reports(),
        stores.ids(),
        new WatchedReports(stores.messages(), stores.channels(), met));
  }

  private FollowMailboxes followMailboxes(
      UsableChannels usable, ReportInbox inbox, Visitors visitors) {
    return new FollowMailboxesService(
        stores.mailboxes(),
        stores.channels(),
        providers,
        usable,
        inbox,
        stores.ids(),
        clock,
        visitors,
        FailedVisits::log);
  }

  private UnsubscribeCodes unsubscribeCodes() {
    return new SignedUnsubscribeCodes(
        FilePlatformKeys.of(settings)
            .obtain(SignedUnsubscribeCodes.KEY_NAME, SignedUnsubscribeCodes::newKey));
  }

  private Administration administration(Choosing choosing, Explanations explanations) {
    return new Administration(
        new SetUpTeamService(
            stores.teams(), stores.apiKeys(), stores.identities(), stores.ids(), choosing),
        new AdministerTeamsService(stores.teams()),
        new AdministerMembersService(stores.teams(), stores.ids()),
        new AdministerApiKeysService(stores.teams(), stores.apiKeys()),
        new RotateKeysService(
            keys,
            stores.nodes(),
            stores.consents(),
            stores.sealedChannels(),
            stores.sealedDomains()),
        new ExplainAnyMessageService(stores.messages(), stores.queuePlaces(), explanations),
        stores.reports()::samples);
  }

  private InquireDoubtsService inquireDoubts(UsableChannels usable) {
    return new InquireDoubtsService(
        stores.doubts(),
        stores.channels(),
        providers,
        usable,
        inquiry -> Thread.ofVirtual().name("inquiry of doubts").start(inquiry),
        FailedInquiries::log);
  }

  private WatchPlatformService watchPlatform(SystemMail systemMail, MetFaults met) {
    return new WatchPlatformService(
        stores.platformFaults(),
        met,
        new OperatorsAddresses(settings.operatorAddress(), stores.teams(), stores.identities()),
        systemMail,
        PlatformTroubles::log);
  }

  private TendChannelsService tendChannels(SystemMail systemMail) {
    return new TendChannelsService(
        stores.channels(),
        providers,
        stores.queue(),
        clock,
        new TellingOwners(
            stores.channels(),
            providers,
            stores.waitingMail(),
            stores.teams(),
            stores.identities(),
            systemMail));
  }
}

package io.leverans.bootstrap.wiring;

import io.leverans.application.port.in.IdentifyCaller;
import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.Reports;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.AcceptMessageService;
import io.leverans.application.service.CarryOutDispatchService;
import io.leverans.application.service.ClaimDueMailService;
import io.leverans.application.service.CreateIdentityService;
import io.leverans.application.service.LeaseTerms;
import io.leverans.application.service.ListChannelKindsService;
import io.leverans.application.service.MessagePolicy;
import io.leverans.application.service.NumberEventsService;
import io.leverans.application.service.ReadIdentitiesService;
import io.leverans.application.service.ReadMessageService;
import io.leverans.application.service.ReadSentBytesService;
import io.leverans.application.service.ReceiveReportService;
import io.leverans.application.service.RenewLeasesService;
import io.leverans.application.service.RequestVerificationService;
import io.leverans.application.service.ResolveDoubtService;
import io.leverans.application.service.RetryMessageService;
import io.leverans.application.service.SetUpTeamService;
import io.leverans.application.service.SystemSender;
import io.leverans.application.service.VerificationMail;
import io.leverans.application.service.VerifyIdentityService;
import io.leverans.application.view.Caller;
import io.leverans.bootstrap.runtime.Bell;
import io.leverans.bootstrap.runtime.RingingMessages;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.persistence.Database;
import io.leverans.persistence.RandomIds;
import io.leverans.web.UseCases;
import java.net.URI;
import java.time.InstantSource;

/** Puts the services together over the stores and the providers. */
final class Assembly {
  private final Settings settings;
  private final Providers providers;
  private final URI publicUrl;
  private final InstantSource clock = InstantSource.system();
  private final Ids ids = new RandomIds(clock);
  private final ApiKeys apiKeys;
  private final Identities identities;
  private final Channels channels;
  private final Messages messages;
  private final DispatchQueue queue;
  private final Reports reports;
  private final Database database;

  Assembly(Settings settings, Database database, Providers providers, URI publicUrl, Bell bell) {
    this.settings = settings;
    this.providers = providers;
    this.publicUrl = publicUrl;
    this.database = database;
    this.apiKeys = database.apiKeys(ids);
    this.identities = database.identities();
    this.channels = database.channels();
    this.messages = new RingingMessages(database.messages(), bell);
    this.queue = database.dispatchQueue();
    this.reports = database.reports();
  }

  Engine engine() {
    providers.all().forEach(this::platformChannel);
    ChannelId systemChannel = platformChannel(settings.systemMailChannel());
    var terms = new LeaseTerms(new LeaseId(ids.next()), settings.lease());
    return new Engine(
        useCases(systemChannel),
        new SetUpTeamService(database.teams(), apiKeys, identities, ids, systemChannel),
        new ClaimDueMailService(queue, terms),
        new CarryOutDispatchService(channels, providers, queue, settings.retrySchedule()),
        new RenewLeasesService(queue, terms),
        new NumberEventsService(database.events()),
        new ReceiveReportService(reports, ids));
  }

  private UseCases useCases(ChannelId platformChannel) {
    var policy = new MessagePolicy(settings.platformDomain(), settings.maxMessageSize());
    var sender = new SystemSender(platformChannel, settings.systemMailFrom(), publicUrl);
    var verificationMail =
        new VerificationMail(identities, messages, channels, providers, ids, clock, policy, sender);
    var readIdentities = new ReadIdentitiesService(identities);
    IdentifyCaller identifyCaller = key -> apiKeys.find(key).map(Caller::new);
    return new UseCases(
        identifyCaller,
        new CreateIdentityService(identities, ids, platformChannel, verificationMail),
        readIdentities,
        new RequestVerificationService(readIdentities, verificationMail),
        new VerifyIdentityService(identities),
        new ListChannelKindsService(providers),
        caller -> channels.openTo(caller.member()),
        new AcceptMessageService(identities, channels, providers, messages, ids, clock, policy),
        messages::list,
        new ReadMessageService(messages, identities),
        new ReadSentBytesService(messages, identities, channels, providers),
        new RetryMessageService(messages, identities),
        new ResolveDoubtService(messages, identities),
        (caller, after, limit) -> database.events().after(caller.team(), after, limit),
        reports::list);
  }

  private void platformChannel(ChannelProvider provider) {
    var _ =
        channels.platformChannel(
            provider.kind(), provider.description().title(), new ChannelId(ids.next()));
  }

  private ChannelId platformChannel(ChannelKind kind) {
    return channels.platformChannel(kind, kind.name(), new ChannelId(ids.next())).id();
  }
}

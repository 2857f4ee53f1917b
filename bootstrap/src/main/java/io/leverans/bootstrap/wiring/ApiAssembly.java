package io.leverans.bootstrap.wiring;

import io.leverans.application.port.in.ReadIdentities;
import io.leverans.application.port.out.UnsubscribeCodes;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.author.Authors;
import io.leverans.application.service.author.ShownAddresses;
import io.leverans.application.service.channel.BeginConsentService;
import io.leverans.application.service.channel.ChangeChannelService;
import io.leverans.application.service.channel.ConcludeConsentService;
import io.leverans.application.service.channel.ConnectChannelService;
import io.leverans.application.service.channel.LeadToConsentService;
import io.leverans.application.service.channel.ListChannelKindsService;
import io.leverans.application.service.channel.OpeningChannels;
import io.leverans.application.service.channel.ReadChannelsService;
import io.leverans.application.service.channel.RemoveChannelService;
import io.leverans.application.service.channel.TestChannelService;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.application.service.composition.MessagePolicy;
import io.leverans.application.service.erasure.ErasePersonService;
import io.leverans.application.service.erasure.ExportPersonService;
import io.leverans.application.service.explanation.ExplainMessageService;
import io.leverans.application.service.explanation.Explanations;
import io.leverans.application.service.failure.ListFailedDeliveriesService;
import io.leverans.application.service.failure.ReadRetryService;
import io.leverans.application.service.failure.RetryFailedDeliveriesService;
import io.leverans.application.service.feed.ReadEventsService;
import io.leverans.application.service.identity.ChooseChannelService;
import io.leverans.application.service.identity.ChooseDefaultService;
import io.leverans.application.service.identity.Choosing;
import io.leverans.application.service.identity.CreateIdentityService;
import io.leverans.application.service.identity.PresentIdentityService;
import io.leverans.application.service.identity.ReadIdentitiesService;
import io.leverans.application.service.identity.RequestVerificationService;
import io.leverans.application.service.identity.VerificationMail;
import io.leverans.application.service.identity.VerifyIdentityService;
import io.leverans.application.service.message.AcceptMessageService;
import io.leverans.application.service.message.CancelMessageService;
import io.leverans.application.service.message.LogMessageService;
import io.leverans.application.service.message.MoveWaitingMailService;
import io.leverans.application.service.message.ReadMessageService;
import io.leverans.application.service.message.ReadSentBytesService;
import io.leverans.application.service.message.RescheduleMessageService;
import io.leverans.application.service.message.ResolveDoubtService;
import io.leverans.application.service.message.RetryMessageService;
import io.leverans.application.service.platform.ListPlatformFaultsService;
import io.leverans.application.service.preflight.ChannelInquiry;
import io.leverans.application.service.preflight.PreflightService;
import io.leverans.application.service.preflight.QuotaInquiry;
import io.leverans.application.service.preflight.RecipientInquiry;
import io.leverans.application.service.preflight.SendingObjections;
import io.leverans.application.service.report.CorrectReportService;
import io.leverans.application.service.report.DismissReportService;
import io.leverans.application.service.report.ExportSamplesService;
import io.leverans.application.service.report.LinkReportService;
import io.leverans.application.service.suppression.ImportSuppressionsService;
import io.leverans.application.service.suppression.SuppressionListService;
import io.leverans.application.service.suppression.UnsubscribeLinks;
import io.leverans.application.service.suppression.UnsubscribeService;
import io.leverans.application.service.systemmail.SystemMail;
import io.leverans.application.view.Caller;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.mail.mime.MimeFormat;
import io.leverans.web.UseCases;
import io.leverans.web.consent.ConsentPages;
import java.net.URI;
import java.time.InstantSource;

/** Puts together what the HTTP API calls. */
record ApiAssembly(
    Stores stores,
    Providers providers,
    Choosing choosing,
    OpeningChannels opening,
    UsableChannels usable,
    MessagePolicy policy,
    SystemMail systemMail,
    Authors authors,
    DomainAssembly domains,
    SendingObjections objections,
    Explanations explanations,
    RetrySchedules schedules,
    UnsubscribeCodes unsubscribeCodes,
    InstantSource clock,
    URI publicUrl) {

  UseCases useCases() {
    return new UseCases(
        key -> stores.apiKeys().find(key).map(Caller::new),
        identities(),
        channels(),
        consents(),
        domains.useCases(),
        messages(),
        failedMail(),
        new ReadEventsService(stores.events()),
        reports(),
        suppressions(),
        persons(),
        new ListPlatformFaultsService(stores.platformFaults()));
  }

  private UseCases.Reports reports() {
    return new UseCases.Reports(
        stores.reports()::list,
        stores.reports()::raw,
        new LinkReportService(stores.reports(), stores.messages(), stores.identities()),
        new DismissReportService(stores.reports()),
        new CorrectReportService(stores.reports()),
        new ExportSamplesService(stores.reports()));
  }

  private UseCases.Suppressions suppressions() {
    var list = new SuppressionListService(stores.suppressions(), stores.ids(), clock);
    return new UseCases.Suppressions(
        list,
        list,
        list,
        list,
        new ImportSuppressionsService(stores.suppressionImports(), stores.ids()),
        new UnsubscribeService(
            unsubscribeCodes, stores.messages(), stores.suppressions(), stores.ids()));
  }

  private UseCases.Persons persons() {
    var erasing = new ErasePersonService(stores.erasures(), stores.ids(), clock);
    return new UseCases.Persons(
        new ExportPersonService(
            stores.personalData(),
            stores.suppressions(),
            stores.messages(),
            readSentBytes(),
            stores.reports(),
            stores.reports()::raw,
            domains.names()),
        erasing,
        erasing);
  }

  private ReadSentBytesService readSentBytes() {
    return new ReadSentBytesService(
        stores.messages(), stores.identities(), stores.channels(), providers);
  }

  private UseCases.FailedMail failedMail() {
    return new UseCases.FailedMail(
        new ListFailedDeliveriesService(
            stores.failedDeliveries(), stores.channels(), domains.recordsToPublish(), clock),
        new RetryFailedDeliveriesService(stores.retries(), stores.ids(), clock),
        new ReadRetryService(stores.retries()));
  }

  private UseCases.Identities identities() {
    var verificationMail = new VerificationMail(stores.identities(), stores.ids(), systemMail);
    ReadIdentities reading = new ReadIdentitiesService(stores.identities());
    return new UseCases.Identities(
        new CreateIdentityService(stores.identities(), stores.ids(), choosing, verificationMail),
        reading,
        new RequestVerificationService(reading, verificationMail),
        new VerifyIdentityService(stores.identities()),
        new ChooseChannelService(stores.identities(), stores.channels(), choosing, authors),
        new ChooseDefaultService(stores.identities(), choosing),
        new PresentIdentityService(reading, stores.channels(), providers, authors),
        new PreflightService(
            reading,
            stores.channels(),
            providers,
            authors,
            objections,
            new ChannelInquiry(opening, clock),
            new QuotaInquiry(stores.history(), stores.waitingMail()),
            new RecipientInquiry(stores.history(), stores.suppressions()),
            clock));
  }

  private UseCases.Channels channels() {
    return new UseCases.Channels(
        new ListChannelKindsService(providers, schedules),
        new ReadChannelsService(
            stores.channels(), providers, stores.waitingMail(), stores.mailboxes()),
        new ConnectChannelService(
            stores.channels(),
            stores.identities(),
            stores.waitingMail(),
            choosing,
            opening,
            stores.ids()),
        new ChangeChannelService(
            stores.channels(),
            stores.identities(),
            stores.waitingMail(),
            stores.queue(),
            stores.lanes(),
            providers,
            opening,
            usable),
        new RemoveChannelService(
            stores.channels(), stores.waitingMail(), stores.consents(), choosing, opening),
        new TestChannelService(
            stores.channels(),
            stores.identities(),
            stores.waitingMail(),
            stores.queue(),
            providers,
            usable,
            clock),
        new MoveWaitingMailService(
            stores.channels(),
            stores.identities(),
            stores.waitingMail(),
            providers,
            stores.ids(),
            clock,
            policy,
            authors,
            objections));
  }

  private UseCases.Consents consents() {
    URI callback = ConsentPages.callback(publicUrl);
    return new UseCases.Consents(
        new BeginConsentService(
            stores.consents(), stores.channels(), providers, opening, stores.ids()),
        new LeadToConsentService(stores.consents(), providers, opening, stores.ids(), callback),
        new ConcludeConsentService(
            stores.consents(),
            stores.channels(),
            stores.identities(),
            stores.waitingMail(),
            stores.queue(),
            choosing,
            opening,
            callback));
  }

  private UseCases.Messages messages() {
    return new UseCases.Messages(
        new AcceptMessageService(
            stores.identities(),
            stores.channels(),
            providers,
            stores.messages(),
            stores.ids(),
            clock,
            policy,
            authors,
            objections,
            stores.suppressions(),
            new UnsubscribeLinks(unsubscribeCodes, publicUrl)),
        stores.messages()::list,
        new ReadMessageService(stores.messages(), stores.identities()),
        readSentBytes(),
        new ExplainMessageService(stores.messages(), stores.identities(), explanations),
        new RetryMessageService(stores.messages(), stores.identities(), stores.suppressions()),
        new RescheduleMessageService(stores.messages(), stores.identities(), clock),
        new CancelMessageService(stores.messages(), stores.identities()),
        new ResolveDoubtService(stores.messages(), stores.identities(), stores.suppressions()),
        new LogMessageService(
            stores.identities(),
            stores.messages(),
            stores.ids(),
            clock,
            policy,
            new MimeFormat(),
            new ShownAddresses(stores.channels(), providers, authors),
            stores.suppressions()));
  }
}

package io.leverans.web;

import static org.assertj.core.api.Assertions.fail;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.AddDomain;
import io.leverans.application.port.in.BeginConsent;
import io.leverans.application.port.in.CancelMessage;
import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.port.in.CheckDomain;
import io.leverans.application.port.in.ChooseChannel;
import io.leverans.application.port.in.ChooseDefault;
import io.leverans.application.port.in.ConcludeConsent;
import io.leverans.application.port.in.ConnectChannel;
import io.leverans.application.port.in.CorrectReport;
import io.leverans.application.port.in.CreateIdentity;
import io.leverans.application.port.in.DismissReport;
import io.leverans.application.port.in.ErasePerson;
import io.leverans.application.port.in.ExplainMessage;
import io.leverans.application.port.in.ExportPerson;
import io.leverans.application.port.in.ExportSamples;
import io.leverans.application.port.in.ImportSuppressions;
import io.leverans.application.port.in.LeadToConsent;
import io.leverans.application.port.in.LinkReport;
import io.leverans.application.port.in.ListChannelKinds;
import io.leverans.application.port.in.ListFailedDeliveries;
import io.leverans.application.port.in.ListMessages;
import io.leverans.application.port.in.ListPlatformFaults;
import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.in.LogMessage;
import io.leverans.application.port.in.MoveWaitingMail;
import io.leverans.application.port.in.Preflight;
import io.leverans.application.port.in.PresentIdentity;
import io.leverans.application.port.in.ReadChannels;
import io.leverans.application.port.in.ReadDomains;
import io.leverans.application.port.in.ReadErasure;
import io.leverans.application.port.in.ReadEvents;
import io.leverans.application.port.in.ReadIdentities;
import io.leverans.application.port.in.ReadMessage;
import io.leverans.application.port.in.ReadRawReport;
import io.leverans.application.port.in.ReadRetry;
import io.leverans.application.port.in.ReadSentBytes;
import io.leverans.application.port.in.RemoveChannel;
import io.leverans.application.port.in.RemoveDomain;
import io.leverans.application.port.in.RequestVerification;
import io.leverans.application.port.in.RescheduleMessage;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.RetryFailedDeliveries;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.port.in.RotateDomainKey;
import io.leverans.application.port.in.TestChannel;
import io.leverans.application.port.in.Unsubscribe;
import io.leverans.application.port.in.VerifyIdentity;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.SuppressionImport;
import io.leverans.application.view.SuppressionImport.LineResult;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Use cases that know of nothing and are not to be asked, until a test has others. */
abstract class UnaskedUseCases {
  private static final String UNASKED = "this use case was not to be asked";

  CreateIdentity createIdentity = _ -> fail(UNASKED);
  ReadIdentities readIdentities = new NoIdentities();
  RequestVerification requestVerification = (_, _) -> fail(UNASKED);
  VerifyIdentity verifyIdentity = new NoLinks();
  ImportSuppressions importSuppressions = new NoImports();
  Unsubscribe unsubscribe = new NobodyUnsubscribes();
  ListChannelKinds listChannelKinds = List::of;
  ReadChannels readChannels = new ChannelSamples.KnownChannels(List.of());
  ConnectChannel connectChannel = _ -> fail(UNASKED);
  ChangeChannel changeChannel = _ -> fail(UNASKED);
  RemoveChannel removeChannel = _ -> fail(UNASKED);
  TestChannel testChannel = (_, _) -> fail(UNASKED);
  MoveWaitingMail moveWaitingMail = _ -> fail(UNASKED);
  ChooseChannel chooseChannel = _ -> fail(UNASKED);
  ChooseDefault chooseDefault = (_, _) -> fail(UNASKED);
  PresentIdentity presentIdentity = (_, _, _) -> fail(UNASKED);
  Preflight preflight = _ -> fail(UNASKED);
  AddDomain addDomain = _ -> fail(UNASKED);
  ReadDomains readDomains = new DomainSamples.NoDomains();
  CheckDomain checkDomain = _ -> fail(UNASKED);
  RotateDomainKey rotateDomainKey = _ -> fail(UNASKED);
  RemoveDomain removeDomain = _ -> fail(UNASKED);
  AcceptMessage acceptMessage = _ -> fail(UNASKED);
  BeginConsent beginConsent = _ -> fail(UNASKED);
  LeadToConsent leadToConsent = new NoConsent();
  ConcludeConsent concludeConsent = _ -> fail(UNASKED);
  ListMessages listMessages = _ -> new Page<>(List.of(), Optional.empty());
  ReadMessage readMessage = (_, _) -> Optional.empty();
  ReadSentBytes readSentBytes = (_, _, _) -> fail(UNASKED);
  ExplainMessage explainMessage = (_, _) -> Optional.empty();
  RetryMessage retryMessage = (_, _) -> fail(UNASKED);
  RescheduleMessage rescheduleMessage = _ -> fail(UNASKED);
  CancelMessage cancelMessage = (_, _) -> fail(UNASKED);
  ResolveDoubt resolveDoubt = _ -> fail(UNASKED);
  LogMessage logMessage = _ -> fail(UNASKED);
  ListFailedDeliveries listFailedDeliveries = _ -> fail(UNASKED);
  RetryFailedDeliveries retryFailedDeliveries = _ -> fail(UNASKED);
  ReadRetry readRetry = (_, _) -> Optional.empty();
  ListPlatformFaults listPlatformFaults = (_, _) -> new ListPlatformFaults.Result.OperatorsOnly();
  ReadEvents readEvents = (_, _, _) -> new ReadEvents.Result.Read(List.of());
  ListReports listReports = _ -> new Page<>(List.of(), Optional.empty());
  ReadRawReport readRawReport = (_, _) -> Optional.empty();
  LinkReport linkReport = _ -> fail(UNASKED);
  DismissReport dismissReport = (_, _) -> fail(UNASKED);
  CorrectReport correctReport = (_, _, _) -> fail(UNASKED);
  ExportSamples exportSamples = (_, _, _) -> fail(UNASKED);
  ExportPerson exportPerson = (_, _) -> fail(UNASKED);
  ErasePerson erasePerson = _ -> fail(UNASKED);
  ReadErasure readErasure = (_, _) -> Optional.empty();

  private static final class NobodyUnsubscribes implements Unsubscribe {
    @Override
    public Optional<Offer> lookUp(String code) {
      return Optional.empty();
    }

    @Override
    public Unsubscribe.Result unsubscribe(String code, Optional<EmailAddress> address) {
      return new Unsubscribe.Result.UnknownCode();
    }
  }

  private static final class NoImports implements ImportSuppressions {
    @Override
    public ImportSuppressions.Result begin(Caller caller, Iterator<Line> lines) {
      return fail(UNASKED);
    }

    @Override
    public Optional<SuppressionImport> read(Caller caller, UUID id) {
      return Optional.empty();
    }

    @Override
    public Optional<Page<LineResult, Integer>> lines(LinesQuery query) {
      return Optional.empty();
    }
  }

  private static final class NoIdentities implements ReadIdentities {
    @Override
    public List<Identity> list(Caller caller) {
      return List.of();
    }

    @Override
    public Optional<Identity> read(Caller caller, IdentityId identity) {
      return Optional.empty();
    }
  }

  private static final class NoLinks implements VerifyIdentity {
    @Override
    public Optional<Identity> lookUp(LinkCode code) {
      return Optional.empty();
    }

    @Override
    public Optional<Identity> verify(LinkCode code) {
      return Optional.empty();
    }
  }

  /** Knows of no consent that was begun. */
  private static final class NoConsent implements LeadToConsent {
    @Override
    public Shown show(LinkCode ticket) {
      return new Gone();
    }

    @Override
    public Departing depart(LinkCode ticket) {
      return new Gone();
    }
  }
}

package io.leverans.web;

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
import io.leverans.application.port.in.DecideOnSuppression;
import io.leverans.application.port.in.DismissReport;
import io.leverans.application.port.in.ErasePerson;
import io.leverans.application.port.in.ExplainMessage;
import io.leverans.application.port.in.ExportPerson;
import io.leverans.application.port.in.ExportSamples;
import io.leverans.application.port.in.IdentifyCaller;
import io.leverans.application.port.in.ImportSuppressions;
import io.leverans.application.port.in.LeadToConsent;
import io.leverans.application.port.in.LiftSuppression;
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
import io.leverans.application.port.in.ReadSuppressions;
import io.leverans.application.port.in.RemoveChannel;
import io.leverans.application.port.in.RemoveDomain;
import io.leverans.application.port.in.RequestVerification;
import io.leverans.application.port.in.RescheduleMessage;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.RetryFailedDeliveries;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.port.in.RotateDomainKey;
import io.leverans.application.port.in.SuppressAddress;
import io.leverans.application.port.in.TestChannel;
import io.leverans.application.port.in.Unsubscribe;
import io.leverans.application.port.in.VerifyIdentity;
import java.util.Objects;

/** What the HTTP API calls, by what it is about. Each is safe for use by many threads. */
public record UseCases(
    IdentifyCaller identifyCaller,
    Identities identities,
    Channels channels,
    Consents consents,
    Domains domains,
    Messages messages,
    FailedMail failedMail,
    ReadEvents readEvents,
    Reports reports,
    Suppressions suppressions,
    Persons persons,
    ListPlatformFaults listPlatformFaults) {
  public UseCases {
    Objects.requireNonNull(identifyCaller);
    Objects.requireNonNull(identities);
    Objects.requireNonNull(channels);
    Objects.requireNonNull(consents);
    Objects.requireNonNull(domains);
    Objects.requireNonNull(messages);
    Objects.requireNonNull(failedMail);
    Objects.requireNonNull(readEvents);
    Objects.requireNonNull(reports);
    Objects.requireNonNull(suppressions);
    Objects.requireNonNull(persons);
    Objects.requireNonNull(listPlatformFaults);
  }

  /** What is asked about the addresses people write from. */
  public record Identities(
      CreateIdentity createIdentity,
      ReadIdentities readIdentities,
      RequestVerification requestVerification,
      VerifyIdentity verifyIdentity,
      ChooseChannel chooseChannel,
      ChooseDefault chooseDefault,
      PresentIdentity presentIdentity,
      Preflight preflight) {
    public Identities {
      Objects.requireNonNull(createIdentity);
      Objects.requireNonNull(readIdentities);
      Objects.requireNonNull(requestVerification);
      Objects.requireNonNull(verifyIdentity);
      Objects.requireNonNull(chooseChannel);
      Objects.requireNonNull(chooseDefault);
      Objects.requireNonNull(presentIdentity);
      Objects.requireNonNull(preflight);
    }
  }

  /** What is asked about the connections through which mail leaves. */
  public record Channels(
      ListChannelKinds listChannelKinds,
      ReadChannels readChannels,
      ConnectChannel connectChannel,
      ChangeChannel changeChannel,
      RemoveChannel removeChannel,
      TestChannel testChannel,
      MoveWaitingMail moveWaitingMail) {
    public Channels {
      Objects.requireNonNull(listChannelKinds);
      Objects.requireNonNull(readChannels);
      Objects.requireNonNull(connectChannel);
      Objects.requireNonNull(changeChannel);
      Objects.requireNonNull(removeChannel);
      Objects.requireNonNull(testChannel);
      Objects.requireNonNull(moveWaitingMail);
    }
  }

  /** What is asked on the way to an account owner's consent. */
  public record Consents(
      BeginConsent beginConsent, LeadToConsent leadToConsent, ConcludeConsent concludeConsent) {
    public Consents {
      Objects.requireNonNull(beginConsent);
      Objects.requireNonNull(leadToConsent);
      Objects.requireNonNull(concludeConsent);
    }
  }

  /** What is asked about the domains that mail is signed for. */
  public record Domains(
      AddDomain addDomain,
      ReadDomains readDomains,
      CheckDomain checkDomain,
      RotateDomainKey rotateDomainKey,
      RemoveDomain removeDomain) {
    public Domains {
      Objects.requireNonNull(addDomain);
      Objects.requireNonNull(readDomains);
      Objects.requireNonNull(checkDomain);
      Objects.requireNonNull(rotateDomainKey);
      Objects.requireNonNull(removeDomain);
    }
  }

  /** What is asked about mail. */
  public record Messages(
      AcceptMessage acceptMessage,
      ListMessages listMessages,
      ReadMessage readMessage,
      ReadSentBytes readSentBytes,
      ExplainMessage explainMessage,
      RetryMessage retryMessage,
      RescheduleMessage rescheduleMessage,
      CancelMessage cancelMessage,
      ResolveDoubt resolveDoubt,
      LogMessage logMessage) {
    public Messages {
      Objects.requireNonNull(acceptMessage);
      Objects.requireNonNull(listMessages);
      Objects.requireNonNull(readMessage);
      Objects.requireNonNull(readSentBytes);
      Objects.requireNonNull(explainMessage);
      Objects.requireNonNull(retryMessage);
      Objects.requireNonNull(rescheduleMessage);
      Objects.requireNonNull(cancelMessage);
      Objects.requireNonNull(resolveDoubt);
      Objects.requireNonNull(logMessage);
    }
  }

  /** What is asked about mail that did not arrive, as a whole. */
  public record FailedMail(
      ListFailedDeliveries listFailedDeliveries,
      RetryFailedDeliveries retryFailedDeliveries,
      ReadRetry readRetry) {
    public FailedMail {
      Objects.requireNonNull(listFailedDeliveries);
      Objects.requireNonNull(retryFailedDeliveries);
      Objects.requireNonNull(readRetry);
    }
  }

  /** What is asked about the mail that came back. */
  public record Reports(
      ListReports listReports,
      ReadRawReport readRawReport,
      LinkReport linkReport,
      DismissReport dismissReport,
      CorrectReport correctReport,
      ExportSamples exportSamples) {
    public Reports {
      Objects.requireNonNull(listReports);
      Objects.requireNonNull(readRawReport);
      Objects.requireNonNull(linkReport);
      Objects.requireNonNull(dismissReport);
      Objects.requireNonNull(correctReport);
      Objects.requireNonNull(exportSamples);
    }
  }

  /** What is asked about the addresses that a team does not write to. */
  public record Suppressions(
      ReadSuppressions readSuppressions,
      SuppressAddress suppressAddress,
      LiftSuppression liftSuppression,
      DecideOnSuppression decideOnSuppression,
      ImportSuppressions importSuppressions,
      Unsubscribe unsubscribe) {
    public Suppressions {
      Objects.requireNonNull(readSuppressions);
      Objects.requireNonNull(suppressAddress);
      Objects.requireNonNull(liftSuppression);
      Objects.requireNonNull(decideOnSuppression);
      Objects.requireNonNull(importSuppressions);
      Objects.requireNonNull(unsubscribe);
    }
  }

  /** What is asked about recipients as persons. */
  public record Persons(
      ExportPerson exportPerson, ErasePerson erasePerson, ReadErasure readErasure) {
    public Persons {
      Objects.requireNonNull(exportPerson);
      Objects.requireNonNull(erasePerson);
      Objects.requireNonNull(readErasure);
    }
  }
}

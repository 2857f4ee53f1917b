package io.leverans.web;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.CreateIdentity;
import io.leverans.application.port.in.IdentifyCaller;
import io.leverans.application.port.in.ListChannelKinds;
import io.leverans.application.port.in.ListChannels;
import io.leverans.application.port.in.ListMessages;
import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.in.ReadEvents;
import io.leverans.application.port.in.ReadIdentities;
import io.leverans.application.port.in.ReadMessage;
import io.leverans.application.port.in.ReadSentBytes;
import io.leverans.application.port.in.RequestVerification;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.port.in.VerifyIdentity;
import java.util.Objects;

/** What the HTTP API calls. Each is safe for use by many threads. */
public record UseCases(
    IdentifyCaller identifyCaller,
    CreateIdentity createIdentity,
    ReadIdentities readIdentities,
    RequestVerification requestVerification,
    VerifyIdentity verifyIdentity,
    ListChannelKinds listChannelKinds,
    ListChannels listChannels,
    AcceptMessage acceptMessage,
    ListMessages listMessages,
    ReadMessage readMessage,
    ReadSentBytes readSentBytes,
    RetryMessage retryMessage,
    ResolveDoubt resolveDoubt,
    ReadEvents readEvents,
    ListReports listReports) {
  public UseCases {
    Objects.requireNonNull(identifyCaller);
    Objects.requireNonNull(createIdentity);
    Objects.requireNonNull(readIdentities);
    Objects.requireNonNull(requestVerification);
    Objects.requireNonNull(verifyIdentity);
    Objects.requireNonNull(listChannelKinds);
    Objects.requireNonNull(listChannels);
    Objects.requireNonNull(acceptMessage);
    Objects.requireNonNull(listMessages);
    Objects.requireNonNull(readMessage);
    Objects.requireNonNull(readSentBytes);
    Objects.requireNonNull(retryMessage);
    Objects.requireNonNull(resolveDoubt);
    Objects.requireNonNull(readEvents);
    Objects.requireNonNull(listReports);
  }
}

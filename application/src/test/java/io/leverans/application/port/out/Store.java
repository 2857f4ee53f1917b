package io.leverans.application.port.out;

/** Adapters of all ports of storage that share what they store. */
public record Store(
    Ids ids,
    Teams teams,
    ApiKeys apiKeys,
    Identities identities,
    Channels channels,
    Messages messages,
    DispatchQueue queue,
    WaitingMail waitingMail,
    Events events,
    Consents consents,
    Doubts doubts,
    Reports reports) {}

package io.leverans.bootstrap.wiring;

import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.Doubts;
import io.leverans.application.port.out.Erasures;
import io.leverans.application.port.out.Events;
import io.leverans.application.port.out.FailedDeliveries;
import io.leverans.application.port.out.FailureRecords;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.KeptMail;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.MailHistory;
import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.NodeRegistry;
import io.leverans.application.port.out.PersonalData;
import io.leverans.application.port.out.PlatformFaults;
import io.leverans.application.port.out.QueuePlaces;
import io.leverans.application.port.out.Reports;
import io.leverans.application.port.out.Retries;
import io.leverans.application.port.out.SealedStore;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.port.out.StuckMail;
import io.leverans.application.port.out.SuppressionImports;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.port.out.Teams;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.persistence.Database;

/** All that is kept, by what it is kept for. */
record Stores(
    Ids ids,
    Teams teams,
    ApiKeys apiKeys,
    Identities identities,
    Channels channels,
    Messages messages,
    WaitingMail waitingMail,
    DispatchQueue queue,
    QueuePlaces queuePlaces,
    Lanes lanes,
    StuckMail stuckMail,
    Consents consents,
    Doubts doubts,
    Events events,
    Reports reports,
    Mailboxes mailboxes,
    FailedDeliveries failedDeliveries,
    FailureRecords failureRecords,
    Retries retries,
    Erasures erasures,
    PersonalData personalData,
    PlatformFaults platformFaults,
    KeptMail keptMail,
    MailHistory history,
    NodeRegistry nodes,
    SenderDomains senderDomains,
    Suppressions suppressions,
    SuppressionImports suppressionImports,
    SealedStore sealedChannels,
    SealedStore sealedDomains) {

  /**
   * Those in a database.
   *
   * @param messages the database's, with what else happens by them
   * @param queue the same
   */
  static Stores in(Database database, Ids ids, Messages messages, DispatchQueue queue) {
    return new Stores(
        ids,
        database.teams(),
        database.apiKeys(ids),
        database.identities(),
        database.channels(),
        messages,
        database.waitingMail(),
        queue,
        database.queuePlaces(),
        database.lanes(),
        database.stuckMail(),
        database.consents(),
        database.doubts(),
        database.events(),
        database.reports(),
        database.mailboxes(),
        database.failedDeliveries(),
        database.failureRecords(),
        database.retries(),
        database.erasures(),
        database.personalData(),
        database.platformFaults(),
        database.keptMail(),
        database.mailHistory(),
        database.nodes(),
        database.senderDomains(),
        database.suppressions(),
        database.suppressionImports(ids),
        database.sealedChannels(),
        database.sealedDomains());
  }
}

package io.leverans.web;

import io.leverans.application.port.in.IdentifyCaller;
import io.leverans.application.port.out.memory.CountingIds;
import io.leverans.application.port.out.memory.MemorySuppressions;
import io.leverans.application.service.suppression.SuppressionListService;
import java.util.Optional;

/** Use cases of the test's choice, of a team with one key and a list of suppressed addresses. */
abstract class TestUseCases extends UnaskedUseCases {
  static final String KEY = "the-key";

  IdentifyCaller identifyCaller =
      key -> key.equals(KEY) ? Optional.of(Samples.CALLER) : Optional.empty();
  final MemorySuppressions suppressionList = new MemorySuppressions();

  UseCases useCases() {
    var identities =
        new UseCases.Identities(
            createIdentity,
            readIdentities,
            requestVerification,
            verifyIdentity,
            command -> chooseChannel.choose(command),
            (caller, identity) -> chooseDefault.choose(caller, identity),
            (caller, identity, channel) -> presentIdentity.present(caller, identity, channel),
            command -> preflight.check(command));
    var channels =
        new UseCases.Channels(
            listChannelKinds,
            readChannels,
            command -> connectChannel.connect(command),
            command -> changeChannel.change(command),
            command -> removeChannel.remove(command),
            (caller, channel) -> testChannel.test(caller, channel),
            command -> moveWaitingMail.move(command));
    var messages =
        new UseCases.Messages(
            command -> acceptMessage.accept(command),
            listMessages,
            readMessage,
            readSentBytes,
            (caller, id) -> explainMessage.explain(caller, id),
            retryMessage,
            command -> rescheduleMessage.reschedule(command),
            (caller, message) -> cancelMessage.cancel(caller, message),
            resolveDoubt,
            command -> logMessage.log(command));
    var reports =
        new UseCases.Reports(
            query -> listReports.list(query),
            (caller, id) -> readRawReport.read(caller, id),
            command -> linkReport.link(command),
            (caller, id) -> dismissReport.dismiss(caller, id),
            (caller, id, correction) -> correctReport.correct(caller, id, correction),
            (caller, limit, after) -> exportSamples.export(caller, limit, after));
    var consents =
        new UseCases.Consents(
            command -> beginConsent.begin(command),
            leadToConsent,
            command -> concludeConsent.conclude(command));
    var domains =
        new UseCases.Domains(
            command -> addDomain.add(command),
            readDomains,
            command -> checkDomain.check(command),
            command -> rotateDomainKey.rotate(command),
            command -> removeDomain.remove(command));
    var failedMail =
        new UseCases.FailedMail(
            query -> listFailedDeliveries.list(query),
            command -> retryFailedDeliveries.retry(command),
            (caller, id) -> readRetry.read(caller, id));
    return new UseCases(
        identifyCaller,
        identities,
        channels,
        consents,
        domains,
        messages,
        failedMail,
        readEvents,
        reports,
        suppressions(),
        new UseCases.Persons(
            (command, copy) -> exportPerson.export(command, copy),
            command -> erasePerson.erase(command),
            (caller, id) -> readErasure.read(caller, id)),
        (caller, limit) -> listPlatformFaults.list(caller, limit));
  }

  private UseCases.Suppressions suppressions() {
    var list = new SuppressionListService(suppressionList, new CountingIds(), suppressionList::now);
    return new UseCases.Suppressions(list, list, list, list, importSuppressions, unsubscribe);
  }
}

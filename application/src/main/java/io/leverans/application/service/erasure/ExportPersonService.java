package io.leverans.application.service.erasure;

import io.leverans.application.port.in.ExportPerson;
import io.leverans.application.port.in.ReadRawReport;
import io.leverans.application.port.in.ReadSentBytes;
import io.leverans.application.port.out.DomainNames;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.PersonalData;
import io.leverans.application.port.out.PersonalData.Holdings;
import io.leverans.application.port.out.Reports;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.RawReport;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.suppression.SuppressedAddress;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads each piece as it is read elsewhere, so that a copy shows nothing that is not shown there,
 * and leaves out what it says of other recipients.
 */
public final class ExportPersonService implements ExportPerson {
  private final PersonalData personalData;
  private final Suppressions suppressions;
  private final Messages messages;
  private final ReadSentBytes readSentBytes;
  private final Reports reports;
  private final ReadRawReport readRawReport;
  private final DomainNames names;

  public ExportPersonService(
      PersonalData personalData,
      Suppressions suppressions,
      Messages messages,
      ReadSentBytes readSentBytes,
      Reports reports,
      ReadRawReport readRawReport,
      DomainNames names) {
    this.names = names;
    this.personalData = personalData;
    this.suppressions = suppressions;
    this.messages = messages;
    this.readSentBytes = readSentBytes;
    this.reports = reports;
    this.readRawReport = readRawReport;
  }

  @Override
  public Result export(Command command, Copy copy) throws IOException {
    Caller caller = command.caller();
    if (!ChannelRights.isAdmin(caller)) {
      return Result.ADMINS_ONLY;
    }
    EmailAddress address = command.address();
    for (SuppressedAddress entry : suppressions.among(caller.team(), List.of(address)).values()) {
      copy.listed(entry);
    }
    Holdings found = personalData.find(caller.team(), address);
    for (Map.Entry<MessageId, Set<DeliveryId>> each : found.mail().entrySet()) {
      copyMessage(command, each.getKey(), each.getValue(), copy);
    }
    for (ReportId report : found.reports()) {
      copyReport(command, report, copy);
    }
    return Result.EXPORTED;
  }

  private void copyMessage(Command command, MessageId id, Set<DeliveryId> persons, Copy copy)
      throws IOException {
    Optional<MessageView> message =
        messages
            .find(command.caller().team(), id)
            .map(found -> PersonsMessage.of(found, persons, names).alone());
    if (message.isPresent()) {
      copy.message(message.get(), bytes(command, id));
    }
  }

  private Optional<Octets> bytes(Command command, MessageId message) {
    return switch (readSentBytes.read(command.caller(), message, Optional.of(command.address()))) {
      case ReadSentBytes.Result.Found(Octets bytes) -> Optional.of(bytes);
      case ReadSentBytes.Result.UnknownMessage _,
          ReadSentBytes.Result.UnknownRecipient _,
          ReadSentBytes.Result.Purged _ ->
          Optional.empty();
    };
  }

  private void copyReport(Command command, ReportId id, Copy copy) throws IOException {
    Optional<PersonsReport> report =
        reports
            .find(command.caller(), id)
            .map(found -> PersonsReport.of(found, command.address(), names));
    if (report.isPresent()) {
      copy.report(
          report.get().alone(),
          report.get().namesOthers() ? Optional.empty() : bytes(command.caller(), id));
    }
  }

  private Optional<Octets> bytes(Caller caller, ReportId report) {
    return readRawReport.read(caller, report).flatMap(ExportPersonService::kept);
  }

  private static Optional<Octets> kept(RawReport raw) {
    return switch (raw) {
      case RawReport.Kept(Octets bytes) -> Optional.of(bytes);
      case RawReport.Withheld _, RawReport.Purged _ -> Optional.empty();
    };
  }
}

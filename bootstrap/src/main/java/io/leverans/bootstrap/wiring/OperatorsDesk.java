package io.leverans.bootstrap.wiring;

import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.SendingNodes;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.domain.senderdomain.DnsAnswer;
import io.leverans.persistence.Database;
import io.leverans.persistence.RandomIds;
import java.net.URI;
import java.time.InstantSource;

/**
 * A deployment opened for its operator: beside the service if that runs, or without it. No mail is
 * sent from here.
 */
public final class OperatorsDesk implements AutoCloseable {
  private static final URI NOT_SERVED = URI.create("http://localhost");

  private final OpenParts parts;
  private final Administration administration;

  private OperatorsDesk(OpenParts parts, Administration administration) {
    this.parts = parts;
    this.administration = administration;
  }

  /** Opens the deployment that the settings describe. */
  public static OperatorsDesk open(Settings settings) {
    var parts = new OpenParts();
    try {
      Providers providers =
          new InstalledProviders().create(settings, settings::ofKind, SendingNodes.ALONE);
      parts.addAll(providers.all());
      var platformChannels =
          new PlatformChannels(
              providers, settings::ofKind, settings.systemMailChannel(), settings.whenInDoubt());
      Database database = parts.add(Storage.reach(settings)).database();
      var ids = new RandomIds(InstantSource.system());
      var assembly =
          new Assembly(
              settings,
              Stores.in(database, ids, database.messages(), database.dispatchQueue()),
              Sealing.open(settings.keyset(), database.keysets()),
              providers,
              platformChannels,
              settings.publicUrl().orElse(NOT_SERVED),
              (_, _) -> new DnsAnswer.Untold("commands ask no name server"));
      Engine engine = assembly.engine(new LeaseId(ids.next()), () -> {});
      return new OperatorsDesk(parts, engine.administration());
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  public Administration administration() {
    return administration;
  }

  @Override
  public void close() {
    parts.close();
  }
}

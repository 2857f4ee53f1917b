package io.leverans.web.person;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.leverans.application.port.in.ExportPerson;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Parameters;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;

/** Copies of what a team has of a recipient. */
public final class ExportsResource {
  private final ExportPerson exportPerson;
  private final InstantSource clock;

  public ExportsResource(ExportPerson exportPerson, InstantSource clock) {
    this.exportPerson = exportPerson;
    this.clock = clock;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/exports", this::export);
  }

  private void export(Context ctx) {
    EmailAddress address =
        Parameters.of(ctx, "address")
            .read("address", EmailAddress::parse)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        Place.parameter("address"),
                        "Say whose data you want: ?address=name@example.com, percent-encoded (RFC"
                            + " 3986)."));
    var copy = new PersonZip(ctx, address, clock.instant());
    try {
      switch (exportPerson.export(new ExportPerson.Command(Callers.of(ctx), address), copy)) {
        case EXPORTED -> copy.finish();
        case ADMINS_ONLY -> ErasuresResource.adminsOnly().write(ctx);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.leverans.application.service.suppression;

import io.leverans.application.port.in.ImportSuppressions;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.SuppressionImports;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.SuppressionImport;
import io.leverans.application.view.SuppressionImport.LineResult;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;

/** Takes lists in; nodes deal with their lines afterwards, batch by batch. */
public final class ImportSuppressionsService implements ImportSuppressions {
  private final SuppressionImports imports;
  private final Ids ids;

  public ImportSuppressionsService(SuppressionImports imports, Ids ids) {
    this.imports = imports;
    this.ids = ids;
  }

  @Override
  public Result begin(Caller caller, Iterator<Line> lines) {
    return ChannelRights.isAdmin(caller)
        ? new Result.UnderWay(imports.store(caller.team(), ids.next(), caller.member().id(), lines))
        : new Result.AdminsOnly();
  }

  @Override
  public Optional<SuppressionImport> read(Caller caller, UUID id) {
    return imports.find(caller.team(), id);
  }

  @Override
  public Optional<Page<LineResult, Integer>> lines(LinesQuery query) {
    return read(query.caller(), query.id())
        .map(
            found ->
                imports.lines(
                    query.caller().team(),
                    found.id(),
                    query.outcome(),
                    query.limit(),
                    query.after()));
  }
}

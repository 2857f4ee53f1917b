package io.leverans.application.service.suppression;

import io.leverans.application.port.in.WorkOnImports;
import io.leverans.application.port.out.SuppressionImports;
import io.leverans.application.port.out.SuppressionImports.Step;

/** Batch after batch. */
public final class WorkOnImportsService implements WorkOnImports {
  private final SuppressionImports imports;

  public WorkOnImportsService(SuppressionImports imports) {
    this.imports = imports;
  }

  @Override
  public void workOn() {
    Step step = imports.step();
    while (step == Step.DONE) {
      step = imports.step();
    }
  }

  @Override
  public int forgetOld() {
    return imports.forgetOld();
  }
}

package io.leverans.persistence;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.ReportLinkingContract;
import io.leverans.application.port.out.Store;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiReportLinkingTest implements ReportLinkingContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }
}

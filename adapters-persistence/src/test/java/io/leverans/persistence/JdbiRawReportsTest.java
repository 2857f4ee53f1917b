package io.leverans.persistence;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.RawReportsContract;
import io.leverans.application.port.out.Store;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiRawReportsTest implements RawReportsContract {
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

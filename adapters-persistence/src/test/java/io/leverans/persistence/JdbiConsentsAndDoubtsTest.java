package io.leverans.persistence;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.ConsentsContract;
import io.leverans.application.port.out.DoubtsContract;
import io.leverans.application.port.out.Store;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiConsentsAndDoubtsTest implements ConsentsContract, DoubtsContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }

  @Override
  public void ageInquiries(Duration by) {
    DATABASE.ageInquiries(by);
  }
}

package io.leverans.persistence;

import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.ConsentsContract;
import io.leverans.application.port.out.DoubtsContract;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.domain.team.Member;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiConsentsAndDoubtsTest implements ConsentsContract, DoubtsContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public Consents consents() {
    return store().consents();
  }

  @Override
  public ApiKeys apiKeys() {
    return store().apiKeys();
  }

  @Override
  public Ids ids() {
    return store().ids();
  }

  @Override
  public Member newAsker() {
    return new Sender(store()).admin();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }

  @Override
  public void age(Duration by) {
    DATABASE.ageDoubts(by);
  }
}

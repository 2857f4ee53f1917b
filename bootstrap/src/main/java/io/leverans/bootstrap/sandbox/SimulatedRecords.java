package io.leverans.bootstrap.sandbox;

import io.leverans.domain.senderdomain.RecordType;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.web.sandbox.SandboxDns;

/** Lets a newcomer publish records in the simulated world. */
record SimulatedRecords(SimulatedWorld world) implements SandboxDns {
  @Override
  public void publish(PublishedRecord record) {
    switch (record.type()) {
      case TXT -> world.addTxt(record.name(), record.value());
      case CNAME -> world.publishAlias(record.name(), record.value());
      case MX -> throw new IllegalArgumentException("every domain here has a mail server already");
    }
  }

  @Override
  public void withdraw(String name, RecordType type) {
    switch (type) {
      case TXT -> world.withdrawTxt(name);
      case CNAME -> world.withdrawAlias(name);
      case MX -> throw new IllegalArgumentException("every domain here keeps its mail server");
    }
  }
}

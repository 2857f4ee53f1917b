package io.leverans.mail.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptCertificatesTest {
  private final Instant now = Instant.now();

  @TempDir private Path folder;

  @Test
  void the_certificates_are_the_same_after_a_restart() throws Exception {
    IssuedCertificates first = kept().obtain(SimulatedCompany.HOST, now);
    IssuedCertificates second = kept().obtain(SimulatedCompany.HOST, now);

    assertThat(second.authority()).isEqualTo(first.authority());
    assertThat(second.server()).isEqualTo(first.server());
  }

  @Test
  void certificates_that_have_ended_are_made_anew() throws Exception {
    IssuedCertificates first = kept().obtain(SimulatedCompany.HOST, now);
    Instant later = first.server().getNotAfter().toInstant().plus(Duration.ofDays(1));

    assertThat(kept().obtain(SimulatedCompany.HOST, later).server()).isNotEqualTo(first.server());
  }

  private KeptCertificates kept() {
    return new KeptCertificates(folder.resolve("company.p12"));
  }
}

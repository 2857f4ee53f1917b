package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.bootstrap.endtoend.HeldNames.Held;
import io.leverans.bootstrap.wiring.FreePort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedNodeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI address = URI.create("http://localhost:" + FreePort.find());

  @Test
  void an_attempt_under_way_finds_its_recipients_server_after_the_stop_has_begun(
      @TempDir Path folder) throws Exception {
    try (var sink = new StoppingSink();
        var names = new HeldNames();
        LeveransProcess node = start(folder, sink, names)) {
      var http = new Http(address, Files.readString(folder.resolve("data/api-key")).strip());
      VerifiedAuthor author = VerifiedAuthor.of("erik@northwind.example", http, sink);
      Held held = names.hold("customer.example");
      var _ = author.submit("anna@customer.example", http);
      held.awaitAsked();

      node.askToStop();
      await().atMost(PATIENCE).until(() -> !Http.isReady(address));
      held.tell();
      var _ = node.exitCode();

      assertThat(sink.copiesFor("anna@customer.example")).as(node.output()).hasSize(1);
      assertThat(node.output()).contains("fact=ACCEPTED").doesNotContain("fact=DEFERRED");
    }
  }

  private LeveransProcess start(Path folder, StoppingSink sink, HeldNames names) throws Exception {
    return LeveransProcess.start(
        folder,
        address,
        List.of(
            "start",
            "--set=mode=live",
            "--set=http.port=" + address.getPort(),
            "--set=platform.domain=northwind.example",
            "--set=channels=msc",
            "--set=msc.port=" + sink.port(),
            "--set=msc.dns-server=127.0.0.1:" + names.port(),
            "--set=msc.dns-timeout=30s",
            "--set=msc.bounce-listen=127.0.0.1:0",
            "--set=msc.mta-sts=off",
            "--set=msc.dkim=off"));
  }
}

package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ImportSuppressions;
import io.leverans.application.port.in.ImportSuppressions.Line;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.SuppressionImport;
import io.leverans.application.view.SuppressionImport.LineResult;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** What is on the list of suppressed addresses, and files that are taken onto it. */
abstract class SuppressionRequests {
  static final UUID IMPORT = new UUID(0, 9);

  final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  SuppressedAddress entry(String address) {
    var id = new SuppressionId(UUID.randomUUID());
    var _ =
        api.suppressionList.add(
            new NewSuppression(
                Samples.TEAM,
                id,
                EmailAddress.parse(address),
                SuppressionReason.COMPLAINED,
                Optional.empty(),
                Optional.empty()));
    return api.suppressionList.find(Samples.TEAM, id).orElseThrow();
  }

  Answer importing(String file) {
    return send("text/csv; charset=utf-8", file.getBytes(StandardCharsets.UTF_8));
  }

  Answer send(String type, byte[] file) {
    return api.send(
        api.request("/v1/suppressions/imports")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(file)));
  }

  static SuppressionImport progress() {
    return new SuppressionImport(IMPORT, Samples.NOON, Optional.empty(), 10, 1, 0, 0, 1);
  }

  /** Takes every list and keeps its lines. */
  static final class Taken implements ImportSuppressions {
    private final Result result;
    final List<Line> lines = new ArrayList<>();

    Taken(Result result) {
      this.result = result;
    }

    @Override
    public Result begin(Caller caller, Iterator<Line> all) {
      all.forEachRemaining(lines::add);
      return result;
    }

    @Override
    public Optional<SuppressionImport> read(Caller caller, UUID id) {
      return id.equals(IMPORT) ? Optional.of(progress()) : Optional.empty();
    }

    @Override
    public Optional<Page<LineResult, Integer>> lines(LinesQuery query) {
      assertThat(query.outcome()).contains(LineResult.Outcome.BAD);
      return Optional.of(
          new Page<>(
              List.of(
                  new LineResult(
                      query.after().orElse(0) + 1,
                      "nobody",
                      Optional.empty(),
                      LineResult.Outcome.BAD,
                      Optional.of("no address"))),
              Optional.of(8)));
    }
  }
}

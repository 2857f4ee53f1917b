package io.leverans.bootstrap.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.leverans.bootstrap.metrics.MeasuredMail;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.delivery.Cause;
import io.leverans.persistence.Overview;
import io.leverans.persistence.Overview.LanesPassed;
import io.leverans.persistence.Overview.PacedLane;
import io.leverans.persistence.Overview.ReadyMail;
import io.leverans.persistence.Overview.TroubledLane;
import io.leverans.persistence.Overview.UsedLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alert rules, dashboard, runbook and metrics belong together. */
class OperationsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path RUNBOOK = ROOT.resolve("docs/runbook");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:leverans|hikaricp|jvm|process|system)_[a-z_]+");
  private static final Pattern CAUSES = Pattern.compile("cause=~?\"([^\"]+)\"");

  /** What Prometheus itself knows of each target. */
  private static final String OF_PROMETHEUS = "up{job=\"leverans\"}";

  private static final Overview OVERVIEW =
      new Overview(
          new ReadyMail(1, Map.of("to example.com", Duration.ofMinutes(1))),
          Duration.ZERO,
          1,
          1,
          Duration.ZERO,
          Map.of("pigeon", 1L),
          Map.of("pigeon", 0L),
          new LanesPassed(
              List.of(new PacedLane("account 17", 5, Duration.ZERO)),
              List.of(
                  new UsedLimit(
                      "account 17",
                      new Limit(9, Counted.MESSAGES, Duration.ofDays(1), Scope.CHANNEL, "test"),
                      0.5)),
              Map.of(Impediment.SLOWED, 1L),
              List.of(new TroubledLane("to example.com", Impediment.SLOWED, Duration.ofHours(1)))),
          Map.of(Cause.SENDER_DNS, 1L));

  @Test
  void alerts_and_dashboard_ask_for_metrics_that_there_are() throws IOException {
    Set<String> exported = exported();

    assertThat(expressions())
        .allSatisfy(
            expression -> {
              assertThat(expression.contains(OF_PROMETHEUS) || !metrics(expression).isEmpty())
                  .as(expression)
                  .isTrue();
              assertThat(exported).as(expression).containsAll(metrics(expression));
            });
  }

  @Test
  void alerts_and_dashboard_name_causes_that_there_are() throws IOException {
    Set<String> causes =
        Arrays.stream(Cause.values())
            .map(cause -> cause.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.toSet());

    List<String> named =
        expressions().stream()
            .flatMap(expression -> CAUSES.matcher(expression).results())
            .flatMap(found -> Arrays.stream(found.group(1).split("\\|")))
            .toList();

    assertThat(named).isNotEmpty().isSubsetOf(causes);
  }

  @Test
  void what_the_operator_reads_of_metrics_is_true() throws IOException {
    String table = Files.readString(ROOT.resolve("ops/README.md"));
    Set<String> told =
        METRIC
            .matcher(table)
            .results()
            .map(MatchResult::group)
            .filter(name -> name.startsWith("leverans_"))
            .collect(Collectors.toSet());

    assertThat(told).isEqualTo(families());
  }

  @Test
  void each_alert_has_a_page_that_says_what_to_do() throws IOException {
    for (JsonNode alert : alerts()) {
      Path page = ROOT.resolve(alert.at("/annotations/runbook_url").asText());

      assertThat(page).as(alert.toString()).hasParentRaw(RUNBOOK).exists();
      assertThat(Files.readString(page))
          .contains(
              "(" + alert.path("alert").asText() + ")",
              "## What it means",
              "## How to look",
              "## What to do");
    }
  }

  @Test
  void each_page_is_of_an_alert_and_stands_in_the_list() throws IOException {
    Set<String> named =
        alerts().stream()
            .map(alert -> Path.of(alert.at("/annotations/runbook_url").asText()))
            .map(page -> page.getFileName().toString())
            .collect(Collectors.toSet());
    String list = Files.readString(RUNBOOK.resolve("README.md"));

    try (Stream<Path> pages = Files.list(RUNBOOK)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .filteredOn(page -> !page.equals("README.md"))
          .containsExactlyInAnyOrderElementsOf(named)
          .allSatisfy(page -> assertThat(list).contains("](" + page + ")"));
    }
  }

  private static List<JsonNode> alerts() throws IOException {
    JsonNode rules = new YAMLMapper().readTree(ROOT.resolve("ops/prometheus/alerts.yaml").toFile());
    return rules.at("/groups/0/rules").valueStream().toList();
  }

  private static List<String> expressions() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(ROOT.resolve("ops/grafana/leverans.json").toFile());
    Stream<String> shown = dashboard.findValuesAsText("expr").stream();
    Stream<String> watched = alerts().stream().map(alert -> alert.path("expr").asText());
    return Stream.concat(watched, shown).toList();
  }

  private static List<String> metrics(String expression) {
    return METRIC.matcher(expression).results().map(MatchResult::group).toList();
  }

  /** The names before the labels and the value. */
  private static Set<String> exported() {
    return lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toSet());
  }

  /** Without what Micrometer adds to each timer: its maximum. */
  private static Set<String> families() {
    return lines()
        .filter(line -> line.startsWith("# TYPE leverans_"))
        .map(line -> line.split(" ", -1)[2])
        .filter(name -> !name.endsWith("_max"))
        .collect(Collectors.toSet());
  }

  private static Stream<String> lines() {
    return MeasuredMail.scrapeOfEverything(OVERVIEW).lines();
  }
}

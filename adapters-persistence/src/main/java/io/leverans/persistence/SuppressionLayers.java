package io.leverans.persistence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.suppression.SuppressionReason;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An address's entry with those that lie under it, as rows in JSON: each has in {@code replaced}
 * what holds once it is gone. The gravest holds; of those as grave, the one that was there first.
 */
record SuppressionLayers(List<ObjectNode> entries) {
  private static final String UNDER = "replaced";

  SuppressionLayers {
    entries = List.copyOf(entries);
  }

  /** The gravest first, however they lay. */
  static SuppressionLayers of(String entry) {
    List<ObjectNode> entries = new ArrayList<>();
    Optional<ObjectNode> next = Optional.of(Json.object(entry));
    while (next.isPresent()) {
      ObjectNode one = next.get();
      next = Optional.ofNullable(one.remove(UNDER)).flatMap(SuppressionLayers::object);
      entries.add(one);
    }
    entries.sort(
        Comparator.comparing(SuppressionLayers::reason)
            .reversed()
            .thenComparing(SuppressionLayers::since));
    return new SuppressionLayers(entries);
  }

  private static Optional<ObjectNode> object(Object node) {
    return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
  }

  /** Without what a delivery brought there for one of these reasons. */
  SuppressionLayers without(DeliveryId delivery, Set<SuppressionReason> reasons) {
    String id = delivery.value().toString();
    return new SuppressionLayers(
        entries.stream()
            .filter(
                one ->
                    !one.path("delivery_id").asText().equals(id) || !reasons.contains(reason(one)))
            .toList());
  }

  private static SuppressionReason reason(ObjectNode one) {
    return SuppressionReason.valueOf(one.path("reason").asText());
  }

  private static Instant since(ObjectNode one) {
    return OffsetDateTime.parse(one.path("since").asText()).toInstant();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  SuppressionLayers belowTop() {
    return new SuppressionLayers(entries.subList(1, entries.size()));
  }

  /** The entry that holds, as {@link #of} reads it. */
  String written() {
    ObjectNode above = entries.getFirst().deepCopy();
    ObjectNode lowest = above;
    for (ObjectNode one : entries.subList(1, entries.size())) {
      ObjectNode under = one.deepCopy();
      lowest.set(UNDER, under);
      lowest = under;
    }
    return above.toString();
  }
}

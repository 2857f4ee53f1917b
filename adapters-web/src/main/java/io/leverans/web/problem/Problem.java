package io.leverans.web.problem;

import io.javalin.http.Context;
import io.leverans.web.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An answer that says why there is no other one (RFC 9457).
 *
 * @param detail in plain words, with the remedy
 * @param errors what was found, where it is more than one thing
 * @param more further members
 */
public record Problem(
    ProblemType type,
    int status,
    String detail,
    Optional<Place> place,
    List<Finding> errors,
    Map<String, Object> more) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    Objects.requireNonNull(type);
    Objects.requireNonNull(detail);
    Objects.requireNonNull(place);
    errors = List.copyOf(errors);
    more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
  }

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, type.status(), detail, Optional.empty(), List.of(), Map.of());
  }

  public static Problem of(ProblemType type, Place place, String detail) {
    return new Problem(type, type.status(), detail, Optional.of(place), List.of(), Map.of());
  }

  /** The findings of one request, of which there is at least one. */
  public static Problem of(List<Finding> findings) {
    Finding first = findings.getFirst();
    if (findings.size() == 1) {
      return of(first.type(), first.place(), first.detail());
    }
    var type = ProblemType.INVALID_REQUEST;
    var detail = findings.size() + " things are wrong; the first: " + first.detail();
    return new Problem(type, type.status(), detail, Optional.of(first.place()), findings, Map.of());
  }

  /** The findings of one request, of which there is at least one, all of one type. */
  public static Problem of(ProblemType type, List<Finding> findings) {
    Problem told = of(findings);
    return new Problem(
        type, type.status(), told.detail(), told.place(), told.errors(), told.more());
  }

  public Problem withStatus(int other) {
    return new Problem(type, other, detail, place, errors, more);
  }

  /** The same with a further member, a value that {@link Json} can write. */
  public Problem with(String name, Object value) {
    Map<String, Object> members = new LinkedHashMap<>(more);
    members.put(name, value);
    return new Problem(type, status, detail, place, errors, members);
  }

  public void write(Context ctx) {
    ctx.status(status).contentType(MEDIA_TYPE).result(json());
  }

  /** As it goes over the wire. */
  public byte[] json() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", type.uri());
    members.put("title", type.title());
    members.put("status", status);
    members.put("detail", detail);
    place.ifPresent(there -> members.put(there.member(), there.name()));
    if (!errors.isEmpty()) {
      List<Map<String, String>> items = new ArrayList<>();
      errors.forEach(error -> items.add(item(error)));
      members.put("errors", items);
    }
    members.putAll(more);
    return Json.bytes(members);
  }

  private static Map<String, String> item(Finding error) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("type", error.type().uri());
    members.put("detail", error.detail());
    members.put(error.place().member(), error.place().name());
    return members;
  }
}

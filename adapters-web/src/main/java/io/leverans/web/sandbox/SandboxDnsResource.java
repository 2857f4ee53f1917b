package io.leverans.web.sandbox;

import static io.leverans.web.problem.ProblemType.INVALID_FIELD;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.domain.senderdomain.RecordType;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.JsonFields;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.json.Json;
import io.leverans.web.json.Words;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import io.leverans.web.sandbox.SandboxDns.PublishedRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Records in the name server of the simulated world: published and taken away. */
public final class SandboxDnsResource {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,250}[A-Za-z0-9_])?\\.?");
  private static final int MAX_VALUE = 4000;

  private final SandboxDns dns;

  public SandboxDnsResource(SandboxDns dns) {
    this.dns = dns;
  }

  public void register(RoutesConfig routes) {
    routes.post("/sandbox/dns", this::publish);
    routes.delete("/sandbox/dns", this::withdraw);
  }

  private void publish(Context ctx) {
    Parameters.of(ctx);
    PublishedRecord record = recordIn(JsonBody.of(ctx, RequestBody.LIMIT));
    try {
      dns.publish(record);
    } catch (IllegalArgumentException unfit) {
      throw new ProblemException(
          ProblemType.INVALID_FIELD, Place.body("value"), unfit.getMessage() + ".");
    }
    Json.write(
        ctx,
        HttpStatus.CREATED,
        new RecordJson(record.name(), record.type().name(), record.value()));
  }

  private static PublishedRecord recordIn(JsonBody body) {
    Optional<JsonFields> fields = body.fields(List.of("name", "type", "value"));
    Optional<String> name =
        fields
            .flatMap(object -> object.require("name", "the record's full name"))
            .flatMap(field -> field.read(INVALID_FIELD, SandboxDnsResource::name));
    Optional<RecordType> type =
        fields
            .flatMap(object -> object.require("type", "TXT or CNAME"))
            .flatMap(field -> field.read(INVALID_FIELD, SandboxDnsResource::type));
    Optional<String> value =
        fields
            .flatMap(object -> object.require("value", "the record's value, without quotes"))
            .flatMap(field -> field.read(INVALID_FIELD, SandboxDnsResource::value));
    body.findings().refuseAny();
    return new PublishedRecord(name.orElseThrow(), type.orElseThrow(), value.orElseThrow());
  }

  private void withdraw(Context ctx) {
    Parameters parameters = Parameters.of(ctx, "name", "type");
    Optional<String> name = parameters.read("name", SandboxDnsResource::name);
    Optional<RecordType> type = parameters.read("type", SandboxDnsResource::type);
    if (name.isEmpty() || type.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID_PARAMETER,
              "Name what to take away, as in ?name=_leverans.example.com&type=TXT."));
    }
    dns.withdraw(name.get(), type.get());
    ctx.status(HttpStatus.NO_CONTENT);
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("this is not a name in DNS");
    }
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static RecordType type(String text) {
    return Words.find(RecordType.class, text.toLowerCase(Locale.ROOT))
        .filter(found -> found != RecordType.MX)
        .orElseThrow(() -> new IllegalArgumentException("a record here is of type TXT or CNAME"));
  }

  private static String value(String text) {
    if (text.isBlank() || text.length() > MAX_VALUE) {
      throw new IllegalArgumentException("a value has 1 to " + MAX_VALUE + " characters");
    }
    return text.strip();
  }

  /** A record as it was published. */
  record RecordJson(String name, String type, String value) {}
}

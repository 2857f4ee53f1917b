package io.leverans.web.domain;

import static io.leverans.web.problem.ProblemType.INVALID_FIELD;

import io.leverans.application.port.in.AddDomain;
import io.leverans.application.view.Caller;
import io.leverans.web.input.JsonBody;
import java.util.List;

/** The body of POST /v1/domains. */
record AddDomainJson(JsonBody body) {
  private static final int MAX_CHARS = 253;

  AddDomain.Command toCommand(Caller caller) {
    var name =
        body.fields(List.of("name"))
            .flatMap(object -> object.require("name", "the domain, such as example.com"))
            .flatMap(field -> field.read(INVALID_FIELD, AddDomainJson::name));
    body.findings().refuseAny();
    return new AddDomain.Command(caller, name.orElseThrow());
  }

  private static String name(String text) {
    if (text.isBlank() || text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("a domain name has 1 to " + MAX_CHARS + " characters");
    }
    return text;
  }
}

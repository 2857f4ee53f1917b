package io.leverans.web.report;

import com.fasterxml.jackson.core.JsonPointer;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.delivery.Cause;
import io.leverans.web.input.JsonBody;
import io.leverans.web.problem.ProblemType;
import java.util.List;

/** The body of POST /v1/reports/{id}/verdict. */
record CorrectionJson(JsonBody body) {
  private static final List<String> FIELDS = List.of("as", "cause");

  Correction toCorrection() {
    var fields = body.fields(FIELDS);
    var as =
        fields
            .flatMap(
                object ->
                    object.require(
                        "as", "what it says: failed, delivered, complained or no-failure"))
            .flatMap(field -> field.word(Correction.As.class));
    var cause = fields.flatMap(object -> object.word("cause", Cause.class));
    body.findings().refuseAny();
    var correction =
        body.findings()
            .attempt(
                ProblemType.INVALID_FIELD,
                JsonPointer.compile("/cause"),
                () -> new Correction(as.orElseThrow(), cause));
    body.findings().refuseAny();
    return correction.orElseThrow();
  }
}

package io.leverans.web.channel;

import com.fasterxml.jackson.core.JsonPointer;
import io.javalin.http.Context;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Proof;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.web.input.Ids;
import io.leverans.web.problem.Finding;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.util.List;

/** Why something cannot be done with a channel, where several requests have the same answer. */
public final class ChannelProblems {
  private static final String LABEL = "label";
  private static final JsonPointer SETTINGS = JsonPointer.empty().appendProperty("settings");

  private ChannelProblems() {}

  /** The channel that the address names. */
  public static ChannelId channelIn(Context ctx) {
    return Ids.parse(ctx.pathParam("id")).map(ChannelId::new).orElseThrow(ChannelProblems::unknown);
  }

  public static ProblemException unknown() {
    return new ProblemException(
        Problem.of(
            ProblemType.UNKNOWN_CHANNEL,
            "There is no channel with this id that you may see. GET /v1/channels lists those there"
                + " are."));
  }

  public static Problem notYours() {
    return Problem.of(
        ProblemType.CHANNEL_NOT_YOURS,
        "Nothing was changed: the platform's channels are the operator's, the team's are its"
            + " admins', and a member's own are that member's. Ask whose it is.");
  }

  static Problem notOffered(ChannelKind kind) {
    return Problem.of(
        ProblemType.CHANNEL_NOT_OFFERED,
        "The channel is of the kind '%s', which is not offered any more. Ask the operator to offer"
                .formatted(kind.name())
            + " it again, or use another channel.");
  }

  public static Problem adminsOnly() {
    return Problem.of(
        ProblemType.ADMINS_ONLY,
        Place.body("owner"),
        "Only an admin connects a channel for the whole team. Ask one, or connect it for yourself"
            + " with \"owner\": \"member\".");
  }

  public static Problem unknownKind(ChannelKind kind, List<ChannelKind> offered) {
    String there =
        offered.isEmpty()
            ? "None is offered"
            : "There are: " + String.join(", ", offered.stream().map(ChannelKind::name).toList());
    return Problem.of(
        ProblemType.UNKNOWN_CHANNEL_KIND,
        Place.body("kind"),
        "No channel of the kind '%s' is offered here. %s.".formatted(kind.name(), there));
  }

  static Problem needsConsent(String where) {
    return Problem.of(
        ProblemType.CONSENT_NEEDED,
        "The owner of the account has to give access first, on a page of the provider's. Begin with"
            + " POST "
            + where
            + ", and lead their browser to the address in its answer.");
  }

  /** What cannot work as it is filled in; none of these are empty. */
  public static Problem faulty(List<FieldProblem> problems) {
    List<Finding> findings = problems.stream().map(ChannelProblems::finding).toList();
    boolean onlyLabel = problems.stream().allMatch(problem -> problem.field().equals(LABEL));
    return Problem.of(
        onlyLabel ? ProblemType.INVALID_FIELD : ProblemType.INVALID_SETTINGS, findings);
  }

  private static Finding finding(FieldProblem problem) {
    return problem.field().equals(LABEL)
        ? new Finding(ProblemType.INVALID_FIELD, Place.body(LABEL), sentence(problem))
        : new Finding(
            ProblemType.INVALID_SETTINGS, Place.field(setting(problem.field())), sentence(problem));
  }

  private static String sentence(FieldProblem problem) {
    String words = problem.field() + ": " + problem.problem();
    return words.endsWith(".") ? words : words + ".";
  }

  private static JsonPointer setting(String name) {
    return SETTINGS.appendProperty(name);
  }

  /**
   * Settings with which the real server would not play along.
   *
   * @param effect what that means for what was asked for, as a sentence
   */
  static Problem refused(Proof.Fails proof, String effect) {
    ChannelFault fault = proof.fault();
    String detail =
        "It was tried and does not work: %s %s What to do: %s"
            .formatted(quoted(fault.words()), effect, fault.remedy());
    Problem problem =
        proof
            .field()
            .map(
                field ->
                    Problem.of(ProblemType.CHANNEL_REFUSED, Place.field(setting(field)), detail))
            .orElseGet(() -> Problem.of(ProblemType.CHANNEL_REFUSED, detail));
    return problem
        .with("cause", fault.cause())
        .with("words", fault.words())
        .with("remedy", fault.remedy())
        .with("transcript", proof.transcript());
  }

  private static String quoted(String words) {
    return "\"" + words + "\".";
  }
}

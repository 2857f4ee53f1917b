package io.leverans.web.problem;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.leverans.web.html.Html;
import io.leverans.web.html.HtmlPage;
import io.leverans.web.json.Words;
import java.util.Arrays;

/** The page behind each problem's type, and the list of them. */
public final class ProblemPages {
  public void register(RoutesConfig routes) {
    routes.get("/problems", ProblemPages::list);
    routes.get("/problems/{name}", ProblemPages::show);
  }

  private static void list(Context ctx) {
    Html items =
        Html.join(
            Arrays.stream(ProblemType.values())
                .map(
                    type ->
                        Html.of(
                            "<li><a href=\"%s\">%s</a>: %s</li>\n",
                            type.uri(), Words.of(type), type.title()))
                .toList());
    new HtmlPage("Problems", Html.of("<ul>\n%s</ul>", items)).write(ctx, 200);
  }

  private static void show(Context ctx) {
    ProblemType type =
        Words.find(ProblemType.class, ctx.pathParam("name"))
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            ProblemType.UNKNOWN_ROUTE,
                            "There is no problem of this name. /problems lists them.")));
    var body =
        Html.of(
            "<p>%s</p>\n<p>HTTP status %s, type <code>%s</code>.</p>\n"
                + "<p><a href=\"/problems\">All problems</a></p>",
            type.explanation(), Integer.toString(type.status()), type.uri());
    new HtmlPage(type.title(), body).write(ctx, 200);
  }
}

package io.leverans.web.identity;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.leverans.application.port.in.VerifyIdentity;
import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.identity.Identity;
import io.leverans.web.html.Html;
import io.leverans.web.html.HtmlPage;
import java.util.Optional;

/**
 * The page that the link in a verification mail opens. Looking at it verifies nothing, since mail
 * scanners look too; its button does.
 */
public final class VerificationPages {
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  private final VerifyIdentity verifyIdentity;

  public VerificationPages(VerifyIdentity verifyIdentity) {
    this.verifyIdentity = verifyIdentity;
  }

  public void register(RoutesConfig routes) {
    routes.get("/verify/{code}", this::show);
    routes.post("/verify/{code}", this::verify);
  }

  private void show(Context ctx) {
    Optional<LinkCode> code = codeIn(ctx);
    if (code.isEmpty()) {
      writeUnreadable(ctx);
      return;
    }
    verifyIdentity
        .lookUp(code.get())
        .ifPresentOrElse(identity -> ask(identity).write(ctx, 200), () -> writeGone(ctx));
  }

  private void verify(Context ctx) {
    Optional<LinkCode> code = codeIn(ctx);
    if (code.isEmpty()) {
      writeUnreadable(ctx);
      return;
    }
    verifyIdentity
        .verify(code.get())
        .ifPresentOrElse(identity -> thank(identity).write(ctx, 200), () -> writeGone(ctx));
  }

  private static Optional<LinkCode> codeIn(Context ctx) {
    try {
      return Optional.of(LinkCode.parse(ctx.pathParam("code")));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static HtmlPage ask(Identity identity) {
    return new HtmlPage(
        "Is this your address?",
        Html.of(
            """
            <p>Someone wants to send mail as <strong>%s</strong> through Leverans.</p>
            <p>If that was you, confirm it. If not, close this page: without your word nothing is \
            sent in your name.</p>
            <form method="post">
            <button type="submit">Yes, this is my address</button>
            </form>\
            """,
            identity.mailbox()));
  }

  private static HtmlPage thank(Identity identity) {
    return new HtmlPage(
        "Your address is confirmed",
        Html.of(
            """
            <p role="status">From now on mail can be sent as <strong>%s</strong>.</p>
            <p>You can close this page.</p>\
            """,
            identity.mailbox()));
  }

  private static void writeUnreadable(Context ctx) {
    var body =
        Html.of(
            """
            <p>The link is not whole: mail programs sometimes cut long lines.</p>
            <p>Copy the whole link from the mail into the address bar, or ask for a new mail where \
            you set up the address.</p>\
            """);
    new HtmlPage("This link does not work", body).write(ctx, NOT_FOUND);
  }

  private static void writeGone(Context ctx) {
    var body =
        Html.of(
            """
            <p>It was used already, a newer one was sent, or its time is over.</p>
            <p>If your address is confirmed, there is nothing left to do. If not, ask for a new \
            mail where you set up the address, and use the link in the newest one.</p>\
            """);
    new HtmlPage("This link does not work any more", body).write(ctx, GONE);
  }
}

package io.leverans.web.consent;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.leverans.application.port.in.ConcludeConsent;
import io.leverans.application.port.in.ConcludeConsent.Answer;
import io.leverans.application.port.in.LeadToConsent;
import io.leverans.application.port.in.LeadToConsent.Gone;
import io.leverans.application.port.in.LeadToConsent.NotOffered;
import io.leverans.application.port.in.LeadToConsent.Question;
import io.leverans.application.port.in.LeadToConsent.Way;
import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.web.html.Html;
import io.leverans.web.html.HtmlPage;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The pages on the way to a provider's and back. The first tells who asks for what, and only its
 * button leads on: mail scanners look too, and a link alone must not bring anybody to give access.
 */
public final class ConsentPages {
  private static final String PREFIX = "/connect";
  private static final String CALLBACK = PREFIX + "/callback";
  private static final String COOKIE = "leverans-connect-";
  private static final int TELLING_APART = 12;

  /** As long as a consent may take. */
  private static final Duration COOKIE_KEPT = Duration.ofMinutes(30);

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  private static final int GONE = 410;

  private final LeadToConsent leadToConsent;
  private final ConcludeConsent concludeConsent;
  private final URI publicUrl;

  public ConsentPages(LeadToConsent leadToConsent, ConcludeConsent concludeConsent, URI publicUrl) {
    this.leadToConsent = leadToConsent;
    this.concludeConsent = concludeConsent;
    this.publicUrl = publicUrl;
  }

  /** Where providers lead browsers back to. */
  public static URI callback(URI publicUrl) {
    return publicUrl.resolve(CALLBACK);
  }

  static String path(LinkCode ticket) {
    return PREFIX + "/" + ticket.text();
  }

  public void register(RoutesConfig routes) {
    routes.get(CALLBACK, this::comeBack);
    routes.get(PREFIX + "/{ticket}", this::show);
    routes.post(PREFIX + "/{ticket}", this::depart);
  }

  private void show(Context ctx) {
    switch (ticketIn(ctx).map(leadToConsent::show).orElseGet(Gone::new)) {
      case Question question -> ask(question).write(ctx, OK);
      case NotOffered notOffered -> writeNotOffered(ctx, notOffered);
      case Gone() -> writeGone(ctx);
    }
  }

  /** A page elsewhere that sends the form itself would keep from the person who asks for what. */
  private void depart(Context ctx) {
    if (isFromElsewhere(ctx)) {
      show(ctx);
      return;
    }
    switch (ticketIn(ctx).map(leadToConsent::depart).orElseGet(Gone::new)) {
      case Way way -> lead(ctx, way);
      case NotOffered notOffered -> writeNotOffered(ctx, notOffered);
      case Gone() -> writeGone(ctx);
    }
  }

  /** As browsers say (Fetch Metadata Request Headers §2.3); those that say nothing are believed. */
  private static boolean isFromElsewhere(Context ctx) {
    return Optional.ofNullable(ctx.header("Sec-Fetch-Site"))
        .filter(site -> !site.equals("same-origin"))
        .isPresent();
  }

  private static Optional<LinkCode> ticketIn(Context ctx) {
    return code(ctx.pathParam("ticket"));
  }

  private static Optional<LinkCode> code(String text) {
    try {
      return Optional.of(LinkCode.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static HtmlPage ask(Question question) {
    return new HtmlPage(
        question.kindTitle() + ": give access?",
        Html.of(
            """
            <p><strong>%s</strong> asks to send mail through your account at <strong>%s</strong>. \
            %s</p>
            <p>You sign in and agree there; Leverans never sees your password. You can take access \
            back there at any time.</p>
            <p>If you do not know who asks, close this page: nothing happens.</p>
            <form method="post">
            <button type="submit">Go on to %s</button>
            </form>\
            """,
            question.asker(), question.host(), forWhom(question.owner()), question.host()));
  }

  private static String forWhom(ChannelOwner owner) {
    return switch (owner) {
      case ChannelOwner.OfTeam _ -> "Everybody in the team will be able to.";
      case ChannelOwner.OfMember _, ChannelOwner.Platform _ -> "Nobody else will be able to.";
    };
  }

  /** By a header instead of a redirect: what a form leads to may not lie elsewhere. */
  private void lead(Context ctx, Way way) {
    ctx.cookie(cookie(way));
    ctx.header("Refresh", "0; url=" + way.page());
    new HtmlPage(
            "On to your provider",
            Html.of("<p>If nothing happens, <a href=\"%s\">go on here</a>.</p>", way.page()))
        .write(ctx, OK);
  }

  private Cookie cookie(Way way) {
    return new Cookie(
        cookieName(way.state()),
        way.browser().text(),
        CALLBACK,
        (int) COOKIE_KEPT.toSeconds(),
        "https".equals(publicUrl.getScheme()),
        true,
        null,
        SameSite.LAX);
  }

  /** Each departure has one of its own, so that two tabs do not disturb each other. */
  private static String cookieName(LinkCode state) {
    return COOKIE + state.secret().substring(0, TELLING_APART);
  }

  private void comeBack(Context ctx) {
    Optional<ConcludeConsent.Command> command = commandIn(ctx);
    switch (command.map(concludeConsent::conclude).orElseGet(ConcludeConsent.Result.Unknown::new)) {
      case ConcludeConsent.Result.Unknown() -> writeNotFinished(ctx);
      case ConcludeConsent.Result.Known known -> {
        ctx.removeCookie(cookieName(command.orElseThrow().state()), CALLBACK);
        ConsentOutcome.of(known).write(ctx);
      }
    }
  }

  private static Optional<ConcludeConsent.Command> commandIn(Context ctx) {
    return parameter(ctx, "state")
        .flatMap(ConsentPages::code)
        .flatMap(
            state ->
                browserOf(ctx, state)
                    .flatMap(
                        browser ->
                            answerIn(ctx)
                                .map(
                                    answer ->
                                        new ConcludeConsent.Command(state, browser, answer))));
  }

  private static Optional<LinkCode> browserOf(Context ctx, LinkCode state) {
    return Optional.ofNullable(ctx.cookie(cookieName(state))).flatMap(ConsentPages::code);
  }

  private static Optional<Answer> answerIn(Context ctx) {
    return parameter(ctx, "code")
        .<Answer>map(Answer.Code::new)
        .or(() -> parameter(ctx, "error").map(Answer.Refusal::new));
  }

  private static Optional<String> parameter(Context ctx, String name) {
    return Optional.ofNullable(ctx.queryParam(name)).filter(text -> !text.isEmpty());
  }

  private static void writeGone(Context ctx) {
    new HtmlPage(
            "This link does not work any more",
            Html.of(
                """
                <p>It was used already, its time is over, who asked may not ask any more, or keys \
                of this service were replaced meanwhile.</p>
                <p>Begin again in the application that led you here.</p>\
                """))
        .write(ctx, GONE);
  }

  private static void writeNotOffered(Context ctx, NotOffered notOffered) {
    new HtmlPage(
            "This cannot be connected at the moment",
            Html.of(
                """
                <p>%s</p>
                <p>Nothing is wrong with your account. Show this page to <strong>%s</strong>, who \
                asks for access, or to whoever runs this service.</p>\
                """,
                notOffered.words(), notOffered.asker()))
        .write(ctx, CONFLICT);
  }

  private static void writeNotFinished(Context ctx) {
    new HtmlPage(
            "This could not be finished",
            Html.of(
                """
                <p>The answer of your provider came in another browser than the one that set out, \
                came twice, or came too late; or this browser keeps no cookies, or the keys of this \
                service were replaced meanwhile.</p>
                <p>Begin again in the application that led you here, and stay in one browser.</p>\
                """))
        .write(ctx, BAD_REQUEST);
  }
}

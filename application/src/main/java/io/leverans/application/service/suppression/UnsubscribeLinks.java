package io.leverans.application.service.suppression;

import io.leverans.application.port.out.UnsubscribeCodes;
import io.leverans.application.port.out.UnsubscribeCodes.Holders;
import io.leverans.application.port.out.UnsubscribeCodes.Named;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.HeaderField;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives bulk mail the header by which mail programs show a button to unsubscribe (RFC 2369 §3.2),
 * and where one press is enough the one that says so (RFC 8058): the message goes to one recipient,
 * and the link is encrypted. What the application's own header says about it stays as it is.
 */
public final class UnsubscribeLinks {
  public static final String PATH = "/unsubscribe/";
  private static final String LINK = "List-Unsubscribe";
  private static final String ONE_CLICK = "List-Unsubscribe-Post";

  private final UnsubscribeCodes codes;
  private final URI publicUrl;

  public UnsubscribeLinks(UnsubscribeCodes codes, URI publicUrl) {
    this.codes = codes;
    this.publicUrl = publicUrl;
  }

  public Content in(
      Content content,
      Urgency urgency,
      TeamId team,
      MessageId message,
      List<Recipient> recipients) {
    boolean asksFor = urgency == Urgency.BULK && content.inReplyTo().isEmpty();
    boolean hasIts =
        content.headers().stream()
            .anyMatch(
                field ->
                    field.name().equalsIgnoreCase(LINK)
                        || field.name().equalsIgnoreCase(ONE_CLICK));
    if (!asksFor || hasIts) {
      return content;
    }
    Holders holders = recipients.size() == 1 ? Holders.ONE : Holders.SEVERAL;
    String code = codes.codeOf(new Named(team, message, holders));
    List<HeaderField> headers = new ArrayList<>(content.headers());
    headers.add(new HeaderField(LINK, "<" + publicUrl.resolve(PATH + code) + ">"));
    if (holders == Holders.ONE && "https".equals(publicUrl.getScheme())) {
      headers.add(new HeaderField(ONE_CLICK, "List-Unsubscribe=One-Click"));
    }
    return content.with(headers);
  }
}

package io.leverans.mail.gmail;

import com.google.api.client.http.AbstractHttpContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.Message;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands one message to Gmail. A small one goes in one request with all that is to be said of it. A
 * large one is announced first, which changes nothing, and goes in the one request after that (<a
 * href="https://developers.google.com/workspace/gmail/api/guides/uploads">resumable upload</a>).
 */
final class Sending {
  /** Google's guide advises so from 5 MB on. */
  static final long LARGE = 5L * 1024 * 1024;

  private static final String RFC_822 = "message/rfc822";

  private final GmailApi api;
  private final ChannelSettings channel;
  private final Crossing crossing;
  private final Diary diary;

  Sending(GmailApi api, ChannelSettings channel, Crossing crossing, Diary diary) {
    this.api = api;
    this.channel = channel;
    this.crossing = crossing;
    this.diary = diary;
  }

  GoogleAnswer send(Octets content, Optional<String> thread) throws IOException {
    Message about = new Message();
    thread.ifPresent(about::setThreadId);
    return content.size() > LARGE ? large(content, about) : small(content, about);
  }

  private GoogleAnswer small(Octets content, Message about) throws IOException {
    about.setRaw(Base64.getUrlEncoder().encodeToString(content.toArray()));
    Gmail gmail = api.open(channel, crossing, diary);
    var send = gmail.users().messages().send("me", about);
    send.setDisableGZipContent(true);
    return GoogleAnswer.of(
        send.buildHttpRequest().setThrowExceptionOnExecuteError(false).execute());
  }

  private GoogleAnswer large(Octets content, Message about) throws IOException {
    String place = api.settings().apiRoot() + "upload/gmail/v1/users/me/messages/send";
    HttpRequest announcement =
        api.open(channel, Gate.OPEN, diary)
            .getRequestFactory()
            .buildPostRequest(
                new GenericUrl(place + "?uploadType=resumable"),
                new JsonHttpContent(GoogleAnswer.JSON, about));
    announcement.getHeaders().set("X-Upload-Content-Type", RFC_822);
    announcement.getHeaders().set("X-Upload-Content-Length", String.valueOf(content.size()));
    HttpResponse announced = announcement.execute();
    GoogleAnswer answer = GoogleAnswer.of(announced);
    if (!answer.isSuccess()) {
      return answer;
    }
    URI session = session(announced.getHeaders().getLocation(), URI.create(place));
    HttpRequest upload =
        api.open(channel, crossing, diary)
            .getRequestFactory()
            .buildPutRequest(new GenericUrl(session.toString(), true), new Mime(content));
    return GoogleAnswer.of(upload.execute());
  }

  /** Our token goes with the message, so it goes to no other server. */
  private static URI session(@Nullable String location, URI place) throws SenselessAnswerException {
    try {
      URI session = place.resolve(location == null ? "" : location);
      if (location != null
          && place.getScheme().equals(session.getScheme())
          && place.getAuthority().equals(session.getAuthority())) {
        return session;
      }
    } catch (IllegalArgumentException _) {
      // told below, as for another server
    }
    throw new SenselessAnswerException("Google named no place of its own to upload to");
  }

  /** A message's bytes as the body of a request. */
  private static final class Mime extends AbstractHttpContent {
    private final Octets content;

    Mime(Octets content) {
      super(RFC_822);
      this.content = content;
    }

    @Override
    public long getLength() {
      return content.size();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      try (InputStream in = content.open()) {
        var _ = in.transferTo(out);
      }
    }
  }
}

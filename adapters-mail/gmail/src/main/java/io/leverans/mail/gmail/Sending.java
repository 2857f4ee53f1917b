package io.leverans.mail.gmail;

import com.google.api.client.http.AbstractHttpContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.Json;
import com.google.api.services.gmail.model.Message;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
    HttpRequest request =
        api.open(channel, crossing, diary)
            .getRequestFactory()
            .buildPostRequest(
                new GenericUrl(api.settings().apiRoot() + "gmail/v1/users/me/messages/send"),
                new RawInJson(content, about));
    return GoogleAnswer.of(request.execute());
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

  /** A message's bytes in {@code raw}, beside what is to be said of it; encoded as it is read. */
  private static final class RawInJson extends AbstractHttpContent {
    private static final int OCTETS_AT_ONCE = 3 * 8 * 1024;
    private static final byte[] BEFORE = "{\"raw\":\"".getBytes(StandardCharsets.US_ASCII);

    private final Octets content;
    private final byte[] after;

    RawInJson(Octets content, Message about) throws IOException {
      super(Json.MEDIA_TYPE);
      this.content = content;
      String said = GoogleAnswer.JSON.toString(about).substring(1);
      this.after = ((about.isEmpty() ? "\"" : "\",") + said).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long getLength() {
      return BEFORE.length + (content.size() + 2) / 3 * 4 + after.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(BEFORE);
      try (InputStream in = content.open()) {
        for (byte[] octets = in.readNBytes(OCTETS_AT_ONCE);
            octets.length > 0;
            octets = in.readNBytes(OCTETS_AT_ONCE)) {
          out.write(Base64.getUrlEncoder().encode(octets));
        }
      }
      out.write(after);
    }
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
